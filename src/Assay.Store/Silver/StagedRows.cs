using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Store;

/// <summary>The rows that one sink has taken, in memory, in the order they came. Not safe for several threads.</summary>
/// <remarks>A text that comes again under the same code is kept once.</remarks>
internal sealed class StagedRows
{
    private const int ChunkBytes = 1 << 20;

    private readonly Schema _schema;
    private readonly ParquetType[] _types;
    private readonly Int128[] _most;
    private readonly List<StagedSegment> _segments = [];
    private readonly List<byte[]> _chunks = [];
    private byte[] _chunk = [];
    private int _used;

    /// <summary>By code of the pool, the place of its text, from 1; and its length.</summary>
    private (long Place, int Length)[] _known = [];
    private TextPool? _pool;
    private int _generation;

    public StagedRows(Schema schema)
    {
        _schema = schema;
        _most = [.. schema.Columns.Select(column => MostOf(column.Type))];
        _types = [.. schema.Columns.Select(column => new ParquetColumn(column.Name, column.Type).Physical)];
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<StagedSegment> Segments => _segments;

    /// <summary>What their texts lie in.</summary>
    public IReadOnlyList<byte[]> Chunks => _chunks;

    /// <summary>The memory that they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes some rows of a batch.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="sequences">Each row's place in the input, for every row of the batch.</param>
    /// <param name="partitions">Each taken row's partition.</param>
    /// <param name="kept">Which rows are taken.</param>
    /// <exception cref="InvalidDataException">A number does not fit its column.</exception>
    public void Append(RowBatch rows, ReadOnlySpan<long> sequences, ReadOnlySpan<int> partitions, ReadOnlySpan<int> kept)
    {
        if (_pool != rows.Texts || _generation != rows.Texts.Generation)
        {
            Array.Clear(_known);
            (_pool, _generation) = (rows.Texts, rows.Texts.Generation);
        }

        while (!kept.IsEmpty)
        {
            if (_segments.Count == 0 || _segments[^1].Count == StagedSegment.Capacity)
            {
                _segments.Add(new StagedSegment(_schema));
                Bytes += _segments[^1].Bytes;
            }

            StagedSegment segment = _segments[^1];
            int count = Math.Min(kept.Length, StagedSegment.Capacity - segment.Count);
            ReadOnlySpan<int> some = kept[..count];
            for (int column = 0; column < _types.Length; column++)
            {
                if (_types[column] == ParquetType.Bytes)
                {
                    AppendTexts(segment, column, rows, some);
                }
                else
                {
                    AppendNumbers(segment, column, rows.Columns[column], some);
                }
            }

            for (int i = 0; i < count; i++)
            {
                segment.Sequences[segment.Count + i] = sequences[some[i]];
            }

            partitions[..count].CopyTo(segment.Partitions.AsSpan(segment.Count));
            segment.Count += count;
            kept = kept[count..];
            partitions = partitions[count..];
        }
    }

    private void AppendNumbers(StagedSegment segment, int column, Vector source, ReadOnlySpan<int> rows)
    {
        int first = segment.Count;
        bool isWide = _types[column] == ParquetType.FixedBytes;
        Int128 most = _most[column];
        long high = (long)Int128.Min(most, long.MaxValue);
        for (int i = 0; i < rows.Length; i++)
        {
            if (source.IsNull(rows[i]))
            {
                segment.SetNull(column, first + i);
            }
            else if (isWide)
            {
                segment.Wide[column][first + i] = Fit(source.Get(rows[i]), most, column);
            }
            else
            {
                long value = source.IsWide ? (long)Fit(source.Wide[rows[i]], most, column) : source.Values[rows[i]];
                segment.Values[column][first + i] = value <= high && value >= -high ? value : (long)Fit(value, most, column);
            }
        }
    }

    /// <summary>A number, if it is from <c>-most - 1</c> to <c>most</c>; of a decimal the first of these has a digit too many.</summary>
    private Int128 Fit(Int128 value, Int128 most, int column)
    {
        ColumnType type = _schema.Columns[column].Type;
        Int128 least = type.Kind == ColumnKind.Decimal ? -most : -most - 1;
        return value <= most && value >= least
            ? value
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{value} of column '{_schema.Columns[column].Name}' is too large for {type}"));
    }

    private static Int128 MostOf(ColumnType type)
    {
        if (type.Kind != ColumnKind.Decimal)
        {
            return type.Kind == ColumnKind.Date ? int.MaxValue : long.MaxValue;
        }

        Int128 most = 1;
        for (int digit = 0; digit < type.Precision; digit++)
        {
            most *= 10;
        }

        return most - 1;
    }

    private void AppendTexts(StagedSegment segment, int column, RowBatch batch, ReadOnlySpan<int> rows)
    {
        Vector source = batch.Columns[column];
        Span<long> places = segment.Values[column].AsSpan(segment.Count);
        Span<int> lengths = segment.Lengths[column].AsSpan(segment.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (source.IsNull(row))
            {
                lengths[i] = -1;
                continue;
            }

            if (source.IsRaw)
            {
                (places[i], lengths[i]) = Keep(source.Raw(batch.RawBytes, row));
                continue;
            }

            int code = (int)source.Values[row];
            if (code >= _known.Length)
            {
                Array.Resize(ref _known, Math.Max(batch.Texts.Count, _known.Length * 2));
            }

            ref (long Place, int Length) known = ref _known[code];
            if (known.Place == 0)
            {
                (long place, int length) = Keep(batch.Texts[code]);
                known = (place + 1, length);
            }

            places[i] = known.Place - 1;
            lengths[i] = known.Length;
        }
    }

    private (long Place, int Length) Keep(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        }

        if (text.Length > _chunk.Length - _used)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(Math.Max(ChunkBytes, text.Length));
            _chunks.Add(_chunk);
            _used = 0;
            Bytes += _chunk.Length;
        }

        // An empty text needs a chunk to lie in, too.
        if (_chunks.Count == 0)
        {
            _chunks.Add(_chunk);
        }

        text.CopyTo(_chunk.AsSpan(_used));
        long place = ParquetCells.Place(_chunks.Count - 1, _used);
        _used += text.Length;
        return (place, text.Length);
    }
}
