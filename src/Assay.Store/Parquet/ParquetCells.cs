namespace Assay.Store;

/// <summary>The cells of one column in the order of the rows, wherever their texts lie. Only the arrays of the column's kind are there.</summary>
internal sealed class ParquetCells
{
    /// <summary>Integers, scaled decimals, booleans, dates in days and timestamps in microseconds since 1970.</summary>
    public long[] Numbers { get; init; } = [];

    /// <summary>Decimals that 64 bits do not hold.</summary>
    public Int128[] Wide { get; init; } = [];

    /// <summary>True where a number is missing; empty when none is.</summary>
    public bool[] Nulls { get; init; } = [];

    /// <summary>What the texts lie in.</summary>
    public List<byte[]> Chunks { get; init; } = [];

    /// <summary>Where each text begins: its chunk in the upper half, the first byte in the lower.</summary>
    public long[] Places { get; init; } = [];

    /// <summary>The bytes of each text; -1 where it is missing.</summary>
    public int[] Lengths { get; init; } = [];

    /// <summary>Packs where a text begins.</summary>
    public static long Place(int chunk, int start) => ((long)chunk << 32) | (uint)start;

    /// <summary>The same arrays, with other chunks and other missing numbers.</summary>
    public ParquetCells With(List<byte[]> chunks, bool[] nulls) =>
        new() { Numbers = Numbers, Wide = Wide, Nulls = nulls, Chunks = chunks, Places = Places, Lengths = Lengths };

    /// <summary>A text that is not missing.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        long place = Places[row];
        return new ReadOnlySpan<byte>(Chunks[(int)(place >> 32)], (int)place, Lengths[row]);
    }
}
