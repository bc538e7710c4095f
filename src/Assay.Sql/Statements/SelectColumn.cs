namespace Assay.Sql;

/// <summary>A column of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record SelectColumn(string Name, SqlExpression Value);
