using Assay.Data;

namespace Assay.Store;

/// <summary>The cells of a column for one row group, filled again and again.</summary>
internal sealed class SilverCells
{
    private const int ChunkBytes = 1 << 20;

    private readonly List<byte[]> _own = [];
    private readonly bool[] _nulls;
    private readonly ParquetCells _without;
    private readonly ParquetCells _with;
    private ParquetCells _current;
    private List<byte[]>? _chunks;
    private ParquetCells? _inChunks;
    private int _chunk;
    private int _used;

    public SilverCells(Column column, int rows)
    {
        ParquetType type = new ParquetColumn(column.Name, column.Type).Physical;
        bool isText = type == ParquetType.Bytes;
        bool isWide = type == ParquetType.FixedBytes;
        _nulls = isText ? [] : new bool[rows];
        _without = new ParquetCells
        {
            Numbers = isText || isWide ? [] : new long[rows],
            Wide = isWide ? new Int128[rows] : [],
            Chunks = _own,
            Places = isText ? new long[rows] : [],
            Lengths = isText ? new int[rows] : [],
        };
        _with = _without.With(_own, _nulls);
        _current = _without;
    }

    /// <summary>The cells.</summary>
    public ParquetCells Cells => _current;

    /// <summary>Forgets all cells; texts are then added by <see cref="Add"/>.</summary>
    public void Clear()
    {
        Array.Clear(_nulls);
        _current = _without;
        _chunk = -1;
        _used = ChunkBytes;
    }

    /// <summary>Forgets all cells.</summary>
    /// <param name="chunks">What the texts that come lie in.</param>
    public void Clear(List<byte[]> chunks)
    {
        Array.Clear(_nulls);
        if (_chunks != chunks)
        {
            _chunks = chunks;
            _inChunks = _without.With(chunks, []);
        }

        _current = _inChunks!;
    }

    /// <summary>Marks a number as missing.</summary>
    public void SetNull(int row)
    {
        if (_current.Nulls.Length == 0)
        {
            _current = _with;
        }

        _nulls[row] = true;
    }

    /// <summary>Keeps a text.</summary>
    public void Add(int row, ReadOnlySpan<byte> text)
    {
        while (_chunk < 0 || text.Length > _own[_chunk].Length - _used)
        {
            _chunk++;
            _used = 0;
            if (_chunk == _own.Count)
            {
                _own.Add(GC.AllocateUninitializedArray<byte>(Math.Max(ChunkBytes, text.Length)));
            }
        }

        text.CopyTo(_own[_chunk].AsSpan(_used));
        _current.Places[row] = ParquetCells.Place(_chunk, _used);
        _current.Lengths[row] = text.Length;
        _used += text.Length;
    }
}
