namespace Assay.Data;

/// <summary>
/// The values of one column for the rows of one batch. Every kind is held in 64-bit cells, so that a
/// batch is a handful of plain arrays: integers and scaled decimals as they are, booleans as 0 or 1,
/// dates as days and timestamps as microseconds since 1970, text as a code of the batch's <see cref="TextPool"/>.
/// </summary>
/// <remarks>
/// A decimal or integer result that outgrows 64 bits moves the whole vector to <see cref="Wide"/>; then
/// <see cref="Values"/> means nothing. A cell whose null flag is set holds an unspecified value.
/// </remarks>
public sealed class Vector
{
    private Int128[]? _wide;

    /// <summary>Makes an empty vector.</summary>
    /// <param name="capacity">The most rows it can hold.</param>
    public Vector(int capacity)
    {
        Values = new long[capacity];
        Nulls = new bool[capacity];
    }

    /// <summary>The type of the values.</summary>
    public ColumnType Type { get; set; }

    /// <summary>The cells, unless <see cref="IsWide"/>.</summary>
    public long[] Values { get; }

    /// <summary>True where a row has no value; read it only when <see cref="HasNulls"/>, else it is stale.</summary>
    public bool[] Nulls { get; }

    /// <summary>Whether any row of the batch may be null.</summary>
    public bool HasNulls { get; set; }

    /// <summary>Whether the cells are 128 bits wide, in <see cref="Wide"/>.</summary>
    public bool IsWide { get; set; }

    /// <summary>
    /// Whether a text column still lies in its source's bytes: each cell is a start and a length in
    /// <see cref="RowBatch.RawBytes"/>. <see cref="RowBatch.Column"/> turns it into codes on first use.
    /// </summary>
    public bool IsRaw { get; set; }

    /// <summary>The 128-bit cells, made on first use.</summary>
    public Int128[] Wide => _wide ??= new Int128[Values.Length];

    /// <summary>The most rows the vector can hold.</summary>
    public int Capacity => Values.Length;

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>True when it is null.</returns>
    public bool IsNull(int row) => HasNulls && Nulls[row];

    /// <summary>A cell at full width, whichever way it is held.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The cell; unspecified when null.</returns>
    public Int128 Get(int row) => IsWide ? Wide[row] : Values[row];

    /// <summary>Packs where a text lies into one cell of a raw column.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>The cell.</returns>
    public static long PackRaw(int start, int length) => ((long)start << 32) | (uint)length;

    /// <summary>The text of a raw column's cell.</summary>
    /// <param name="bytes">The bytes it lies in.</param>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The text as UTF-8.</returns>
    public ReadOnlySpan<byte> Raw(byte[] bytes, int row) => new(bytes, (int)(Values[row] >> 32), (int)Values[row]);

    /// <summary>Keeps only some rows, in their order.</summary>
    /// <param name="rows">The rows to keep, ascending.</param>
    public void Keep(ReadOnlySpan<int> rows)
    {
        if (IsWide)
        {
            Int128[] wide = Wide;
            for (int i = 0; i < rows.Length; i++)
            {
                wide[i] = wide[rows[i]];
            }
        }
        else
        {
            long[] values = Values;
            for (int i = 0; i < rows.Length; i++)
            {
                values[i] = values[rows[i]];
            }
        }

        if (HasNulls)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                Nulls[i] = Nulls[rows[i]];
            }
        }
    }
}
