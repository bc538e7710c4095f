namespace Assay.Data;

/// <summary>A small, finished table: what a KPI comes to. Its cells are exact.</summary>
/// <param name="Name">The table's name: the name of its files.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Rows">
/// Its rows, a cell a column: null; <see cref="string"/> for text; <see cref="Int128"/> for integers and for
/// decimals (units of 10^-scale of the column's type); <see cref="bool"/>; <see cref="DateOnly"/> for dates;
/// <see cref="DateTime"/> of unspecified kind for timestamps.
/// </param>
public sealed record ResultTable(string Name, string Title, Schema Schema, IReadOnlyList<object?[]> Rows);
