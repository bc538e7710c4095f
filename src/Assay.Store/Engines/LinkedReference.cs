using Assay.Sql;

namespace Assay.Store;

/// <summary>What came of a table's reference to another.</summary>
/// <param name="Table">The table that refers.</param>
/// <param name="Reference">The reference.</param>
/// <param name="Orphans">Rows with a value that no row of the other table has; they refer to nothing.</param>
public sealed record LinkedReference(string Table, SqlReference Reference, long Orphans);
