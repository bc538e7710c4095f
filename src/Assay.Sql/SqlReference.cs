namespace Assay.Sql;

/// <summary>A column that refers to another table's rows: null where there is no such row.</summary>
/// <param name="Column">The column that refers; no source has it.</param>
/// <param name="From">The column whose value it has where there is such a row.</param>
/// <param name="Table">The table referred to.</param>
/// <param name="Key">The one column of its primary key.</param>
public sealed record SqlReference(string Column, string From, string Table, string Key);
