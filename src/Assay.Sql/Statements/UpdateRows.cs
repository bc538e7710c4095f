namespace Assay.Sql;

/// <summary>Changes one column of rows.</summary>
/// <param name="Table">The table's name; columns in the expressions refer to it by that name.</param>
/// <param name="Column">The column that changes.</param>
/// <param name="Value">Its new value.</param>
/// <param name="Where">Which rows; null changes all.</param>
public sealed record UpdateRows(string Table, string Column, SqlExpression Value, SqlExpression? Where = null) : SqlStatement;
