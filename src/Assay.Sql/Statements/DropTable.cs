namespace Assay.Sql;

/// <summary>Removes a table, if there is one.</summary>
/// <param name="Table">Its name.</param>
public sealed record DropTable(string Table) : SqlStatement;
