namespace Assay.Sql;

/// <summary>Where a query's rows come from: a table, or another query.</summary>
/// <param name="Name">The table's name, or the name that the inner query's rows go by.</param>
/// <param name="Query">The inner query, or null for a table.</param>
public sealed record SqlSource(string Name, SelectStatement? Query = null);
