namespace Assay.Data;

/// <summary>A named, typed column.</summary>
/// <param name="Name">The column's name, as outputs write it.</param>
/// <param name="Type">The type of its values.</param>
public sealed record Column(string Name, ColumnType Type);
