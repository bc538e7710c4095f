namespace Assay.Sql;

/// <summary>Adds a column to a table that is there; it is null in the rows there are.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Column">The column, not required.</param>
public sealed record AddColumn(string Table, SqlColumn Column) : SqlStatement;
