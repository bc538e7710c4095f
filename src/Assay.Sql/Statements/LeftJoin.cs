namespace Assay.Sql;

/// <summary>Joins a table whose key is unique: a row without a match gets nulls.</summary>
/// <param name="Table">The table's name; its columns refer to it by that name.</param>
/// <param name="On">The condition.</param>
public sealed record LeftJoin(string Table, SqlExpression On);
