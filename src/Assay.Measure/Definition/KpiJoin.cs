namespace Assay.Measure;

/// <summary>
/// A left join: each row of the KPI's table gets the columns of the one row of another table whose key equals a column
/// of it; nulls when there is none, or when the column is null. Keys are unique, so rows are never multiplied.
/// </summary>
/// <param name="Table">The other table.</param>
/// <param name="Column">The column of the KPI's table.</param>
/// <param name="Key">The key column of the other table, of the same type.</param>
public sealed record KpiJoin(string Table, string Column, string Key);
