namespace Assay.Sql;

/// <summary>Removes rows of a table.</summary>
/// <param name="Table">The table's name; columns of <paramref name="Where"/> refer to it by that name.</param>
/// <param name="Where">Which; null removes all.</param>
public sealed record DeleteRows(string Table, SqlExpression? Where = null) : SqlStatement;
