namespace Assay.Sql;

/// <summary>A column that refers to another table's rows: null where there is no such row.</summary>
/// <param name="Column">The column that refers.</param>
/// <param name="Table">The table referred to.</param>
/// <param name="Key">The one column of its primary key.</param>
public sealed record SqlReference(string Column, string Table, string Key);
