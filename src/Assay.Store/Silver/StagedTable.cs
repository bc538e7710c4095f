using System.Buffers.Binary;
using Assay.Data;

namespace Assay.Store;

/// <summary>The rows of all sinks of a load, each told by its segment and its row in it. Safe for several threads.</summary>
internal sealed class StagedTable
{
    private readonly StagedSegment[] _segments;
    private readonly int[] _chunkOf;
    private readonly List<byte[]> _chunks;
    private readonly int[] _order;
    private readonly bool[] _isText;
    private readonly bool[] _isWide;

    /// <param name="sinks">The rows.</param>
    /// <param name="schema">Their columns.</param>
    /// <param name="order">The columns that they are ordered by.</param>
    public StagedTable(IReadOnlyList<StagedRows> sinks, Schema schema, int[] order)
    {
        _segments = [.. sinks.SelectMany(sink => sink.Segments)];
        _chunks = [.. sinks.SelectMany(sink => sink.Chunks)];
        _chunkOf = new int[_segments.Length];
        int segment = 0;
        int chunk = 0;
        foreach (StagedRows sink in sinks)
        {
            Array.Fill(_chunkOf, chunk, segment, sink.Segments.Count);
            segment += sink.Segments.Count;
            chunk += sink.Chunks.Count;
        }

        _order = order;
        _isText = [.. schema.Columns.Select(column => column.Type.Kind == ColumnKind.String)];
        _isWide = [.. schema.Columns.Select(column => new ParquetColumn(column.Name, column.Type).Physical == ParquetType.FixedBytes)];
    }

    /// <summary>The rows by partition, but for those that are dropped.</summary>
    public SortedDictionary<int, List<int>> Partitions(IReadOnlyCollection<long> dropped)
    {
        HashSet<long> gone = [.. dropped];
        var partitions = new SortedDictionary<int, List<int>>();
        int last = 0;
        List<int>? rows = null;
        for (int segment = 0; segment < _segments.Length; segment++)
        {
            StagedSegment some = _segments[segment];
            for (int row = 0; row < some.Count; row++)
            {
                if (gone.Count > 0 && gone.Contains(some.Sequences[row]))
                {
                    continue;
                }

                int partition = some.Partitions[row];
                if ((rows is null || partition != last) && !partitions.TryGetValue(partition, out rows))
                {
                    partitions.Add(partition, rows = []);
                }

                last = partition;
                rows!.Add((segment << StagedSegment.RowBits) | row);
            }
        }

        return partitions;
    }

    /// <summary>Brings rows into their order: texts by their bytes, missing cells last.</summary>
    public int[] Sort(List<int> rows)
    {
        int[] sorted = [.. rows];
        ulong[] marks = Marks(sorted);
        Array.Sort(marks, sorted);
        for (int from = 0; from < sorted.Length;)
        {
            int end = from + 1;
            while (end < sorted.Length && marks[end] == marks[from])
            {
                end++;
            }

            if (end - from > 1)
            {
                sorted.AsSpan(from, end - from).Sort(Compare);
            }

            from = end;
        }

        return sorted;
    }

    /// <summary>Copies a column's cells of some rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="into">Gets the cells from its first on.</param>
    public void Copy(int column, ReadOnlySpan<int> rows, SilverCells into)
    {
        into.Clear(_chunks);
        for (int i = 0; i < rows.Length; i++)
        {
            int segment = rows[i] >> StagedSegment.RowBits;
            int row = rows[i] & (StagedSegment.Capacity - 1);
            StagedSegment some = _segments[segment];
            if (_isText[column])
            {
                into.Cells.Lengths[i] = some.Lengths[column][row];
                into.Cells.Places[i] = some.Values[column][row] + ((long)_chunkOf[segment] << 32);
            }
            else if (some.IsNull(column, row))
            {
                into.SetNull(i);
            }
            else if (_isWide[column])
            {
                into.Cells.Wide[i] = some.Wide[column][row];
            }
            else
            {
                into.Cells.Numbers[i] = some.Values[column][row];
            }
        }
    }

    /// <summary>A number for each row by which most of them are ordered: of texts, the bytes that follow those that all begin with.</summary>
    private ulong[] Marks(int[] rows)
    {
        ulong[] marks = new ulong[rows.Length];
        int column = _order[0];
        int shared = _isText[column] ? Shared(rows, column) : 0;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < rows.Length; i++)
        {
            StagedSegment some = _segments[rows[i] >> StagedSegment.RowBits];
            int row = rows[i] & (StagedSegment.Capacity - 1);
            if (some.IsNull(column, row))
            {
                marks[i] = ulong.MaxValue;
            }
            else if (_isText[column])
            {
                ReadOnlySpan<byte> text = Text(rows[i], column)[shared..];
                bytes.Clear();
                text[..Math.Min(text.Length, bytes.Length)].CopyTo(bytes);
                marks[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            }
            else if (!_isWide[column])
            {
                marks[i] = (ulong)some.Values[column][row] ^ (1UL << 63);
            }
        }

        return marks;
    }

    private int Shared(int[] rows, int column)
    {
        int shared = -1;
        ReadOnlySpan<byte> first = default;
        foreach (int row in rows)
        {
            if (_segments[row >> StagedSegment.RowBits].IsNull(column, row & (StagedSegment.Capacity - 1)))
            {
                continue;
            }

            ReadOnlySpan<byte> text = Text(row, column);
            if (shared < 0)
            {
                first = text;
                shared = text.Length;
            }

            shared = Math.Min(shared, first.CommonPrefixLength(text));
        }

        return Math.Max(shared, 0);
    }

    private ReadOnlySpan<byte> Text(int row, int column)
    {
        int segment = row >> StagedSegment.RowBits;
        StagedSegment some = _segments[segment];
        int at = row & (StagedSegment.Capacity - 1);
        long place = some.Values[column][at];
        return new ReadOnlySpan<byte>(_chunks[_chunkOf[segment] + (int)(place >> 32)], (int)place, some.Lengths[column][at]);
    }

    private int Compare(int one, int other)
    {
        foreach (int column in _order)
        {
            int compared = Compare(one, other, column);
            if (compared != 0)
            {
                return compared;
            }
        }

        return 0;
    }

    private int Compare(int one, int other, int column)
    {
        const int Mask = StagedSegment.Capacity - 1;
        StagedSegment ofOne = _segments[one >> StagedSegment.RowBits];
        StagedSegment ofOther = _segments[other >> StagedSegment.RowBits];
        bool isNull = ofOne.IsNull(column, one & Mask);
        if (isNull || ofOther.IsNull(column, other & Mask))
        {
            return isNull.CompareTo(ofOther.IsNull(column, other & Mask));
        }

        return _isText[column] ? Text(one, column).SequenceCompareTo(Text(other, column))
            : _isWide[column] ? ofOne.Wide[column][one & Mask].CompareTo(ofOther.Wide[column][other & Mask])
            : ofOne.Values[column][one & Mask].CompareTo(ofOther.Values[column][other & Mask]);
    }
}
