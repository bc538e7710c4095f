namespace Assay.Measure.Memory;

/// <summary>A row taken out of its batch, to be looked at again later: a cell a column, texts as UTF-8 bytes.</summary>
/// <param name="Numbers">The cells of all but text columns; unspecified where null.</param>
/// <param name="Texts">The cells of text columns; null elsewhere and where null.</param>
/// <param name="Nulls">Which cells are null, a bit a column.</param>
internal sealed record CapturedRow(Int128[] Numbers, byte[]?[] Texts, bool[] Nulls)
{
    /// <summary>Compares rows by columns in their order, ascending, nulls last.</summary>
    public static int Compare(CapturedRow left, CapturedRow right, IReadOnlyList<int> columns)
    {
        foreach (int i in columns)
        {
            int order = left.Nulls[i] || right.Nulls[i] ? left.Nulls[i].CompareTo(right.Nulls[i])
                : left.Texts[i] is { } text ? text.AsSpan().SequenceCompareTo(right.Texts[i])
                : left.Numbers[i].CompareTo(right.Numbers[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
