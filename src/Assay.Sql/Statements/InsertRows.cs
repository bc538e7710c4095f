namespace Assay.Sql;

/// <summary>Adds rows by one statement. It has a parameter a value: databases take some tens of thousands.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Columns">The columns given.</param>
/// <param name="Rows">At least one row, of a value for each column.</param>
public sealed record InsertRows(string Table, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<SqlValue>> Rows) : SqlStatement;
