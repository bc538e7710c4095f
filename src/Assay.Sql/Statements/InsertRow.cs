namespace Assay.Sql;

/// <summary>Adds one row.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Columns">The columns given.</param>
/// <param name="Values">A value each.</param>
public sealed record InsertRow(string Table, IReadOnlyList<string> Columns, IReadOnlyList<SqlValue> Values) : SqlStatement;
