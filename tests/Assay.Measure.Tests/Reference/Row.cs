namespace Assay.Measure.Tests.Reference;

/// <summary>A row as plain values by column: null, a <see cref="string"/>, a <see cref="Number"/>, a <see cref="bool"/>, a <see cref="DateOnly"/> or a <see cref="DateTime"/>.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> cells)
{
    public object? this[string column] => cells[column];

    public Number? Number(string column) => (Number?)cells[column];

    public string? Text(string column) => (string?)cells[column];
}
