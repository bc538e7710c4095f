namespace Assay.Sql;

/// <summary>One term of a query's order; nulls come last either way, text goes by code point.</summary>
/// <param name="Column">The place of the query's column, from 0.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
public sealed record SelectOrder(int Column, bool IsDescending);
