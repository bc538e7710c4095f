namespace Assay.Measure.Memory;

/// <summary>A row taken out of its batch, to be looked at again later: a cell a column, texts as UTF-8 bytes.</summary>
/// <param name="Numbers">The cells of all but text columns; unspecified where null.</param>
/// <param name="Texts">The cells of text columns; null elsewhere and where null.</param>
/// <param name="Nulls">Which cells are null, a bit a column.</param>
internal sealed record CapturedRow(Int128[] Numbers, byte[]?[] Texts, bool[] Nulls);
