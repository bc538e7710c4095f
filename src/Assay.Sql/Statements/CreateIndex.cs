namespace Assay.Sql;

/// <summary>Makes an index, unless there is one of that name.</summary>
/// <param name="Name">The index's name.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Columns">The columns and their types, in order.</param>
public sealed record CreateIndex(string Name, string Table, IReadOnlyList<SqlColumn> Columns) : SqlStatement;
