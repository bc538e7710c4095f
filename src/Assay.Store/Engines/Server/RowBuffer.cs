using Assay.Data;

namespace Assay.Store;

/// <summary>Rows in the bytes that a server loads, collected until there are enough to send.</summary>
internal abstract class RowBuffer
{
    private readonly string _engine;
    private readonly int _enough;
    private byte[] _bytes;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="engine">The database's name, for messages.</param>
    /// <param name="columns">The columns that rows have.</param>
    /// <param name="enough">How many bytes are worth sending.</param>
    protected RowBuffer(string engine, Schema columns, int enough)
    {
        _engine = engine;
        Columns = [.. columns.Columns];
        _enough = enough;
        _bytes = new byte[enough + (enough / 4)];
    }

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; protected set; }

    /// <summary>How many rows it holds.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether it holds enough to be sent.</summary>
    public bool IsFull => Length >= _enough;

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The array that <see cref="Written"/> lies at the start of.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>The columns that rows have.</summary>
    protected Column[] Columns { get; }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Length = 0;
        Rows = 0;
    }

    /// <summary>Adds rows until there are no more or the buffer is full.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first one to add.</param>
    /// <returns>The first row that was not added; as many as there are rows when all were.</returns>
    /// <exception cref="EngineException">The database cannot hold a value.</exception>
    public int Append(RowBatch rows, int from)
    {
        int row = from;
        while (row < rows.Count && !IsFull)
        {
            Write(rows, row++);
            Rows++;
        }

        return row;
    }

    /// <summary>Adds one row.</summary>
    protected abstract void Write(RowBatch rows, int row);

    /// <summary>A text of a row, wherever it lies.</summary>
    protected static ReadOnlySpan<byte> Text(RowBatch rows, Vector column, int row) =>
        column.IsRaw ? column.Raw(rows.RawBytes, row) : rows.Texts[(int)column.Values[row]];

    /// <summary>A whole number of a row.</summary>
    protected long Integer(Vector column, int row, int ordinal)
    {
        if (!column.IsWide)
        {
            return column.Values[row];
        }

        Int128 wide = column.Wide[row];
        return wide >= long.MinValue && wide <= long.MaxValue ? (long)wide : throw Refusal(ordinal, "a number that needs more than 64 bits");
    }

    /// <summary>The exception for a value that the database cannot hold.</summary>
    /// <param name="ordinal">Its column's place.</param>
    /// <param name="what">What it is, and where it helps what to do.</param>
    protected EngineException Refusal(int ordinal, string what) => new(_engine, $"column '{Columns[ordinal].Name}' has {what}");

    /// <summary>Free room after what is written; it stays where it is until more is asked for.</summary>
    protected Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(checked(Length + bytes), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        }

        return _bytes.AsSpan(Length);
    }
}
