using System.Buffers.Binary;
using System.Numerics;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>
/// Encodes columns of a row group, page by page: texts by a dictionary where they are few, else by what they do not share
/// with the text before; numbers by their differences; all compressed by Zstandard, where it is to be had. Its memory
/// is used again and again. Not safe for several threads.
/// </summary>
internal sealed class ParquetEncoder : IDisposable
{
    private const int Plain = 0;
    private const int Rle = 3;
    private const int Deltas = 5;
    private const int TextDeltas = 7;
    private const int DictionaryNumbers = 8;
    private const int DataPage = 0;
    private const int DictionaryPage = 2;

    private const int PageRows = 20_480;

    /// <summary>Readers need bounds to leave row groups out; those of long texts are not worth their room.</summary>
    private const int LongestBound = 256;

    /// <summary>Higher levels of compression cost more time than they save room.</summary>
    private const int Level = 1;

    private readonly ZstandardCompressor? _compressor = ZstandardCompressor.TryCreate();
    private readonly TextDictionary _dictionary = new();
    private readonly ByteBuffer _page = new();
    private readonly ByteBuffer _compressed = new();
    private readonly ByteBuffer _header = new();
    private readonly long[] _prefixes = new long[PageRows];
    private readonly long[] _suffixes = new long[PageRows];
    private readonly int[] _levels = new int[PageRows];
    private int[] _numbers = [];
    private long _plainBytes;

    /// <summary>The format's number of the compression.</summary>
    public int Codec => _compressor is null ? 0 : 6;

    /// <summary>Encodes a column of a row group.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="rows">The row group's rows among them.</param>
    /// <param name="offset">Where in the file the output begins.</param>
    /// <param name="into">Takes the pages.</param>
    /// <returns>What the footer tells of them.</returns>
    public ParquetChunk Encode(ParquetColumn column, ParquetCells cells, Range rows, long offset, ByteBuffer into)
    {
        _plainBytes = 0;
        int before = into.Count;
        bool isText = column.Physical == ParquetType.Bytes;
        int texts = isText ? Number(cells, rows) : -1;
        long dictionary = -1;
        long data = offset;
        if (texts >= 0)
        {
            dictionary = offset;
            AddDictionary(cells, into);
            data = offset + into.Count - before;
        }

        int done = 0;
        long nulls = 0;
        for (int from = rows.Start.Value; from < rows.End.Value; from += PageRows)
        {
            Range some = from..Math.Min(from + PageRows, rows.End.Value);
            _page.Clear();
            int present = AddLevels(cells, some, isText);
            int encoding = isText ? texts >= 0 ? AddNumbers(done, present) : AddTexts(cells, some) : AddCells(column, cells, some);
            done += present;
            int count = some.End.Value - some.Start.Value;
            nulls += count - present;
            AddPage(DataPage, count, encoding, into);
        }

        return new ParquetChunk
        {
            Encodings = isText ? texts >= 0 ? [Plain, Rle, DictionaryNumbers] : [Rle, TextDeltas] : [Rle, EncodingOf(column)],
            DictionaryOffset = dictionary,
            DataOffset = data,
            PlainBytes = _plainBytes,
            Bytes = into.Count - before,
            Nulls = nulls,
            Bounds = isText ? texts >= 0 ? BoundsOfDictionary(column, cells) : BoundsOfTexts(column, cells, rows) : BoundsOf(column, cells, rows),
        };
    }

    public void Dispose() => _compressor?.Dispose();

    private static int EncodingOf(ParquetColumn column) => column.Physical is ParquetType.Int32 or ParquetType.Int64 ? Deltas : Plain;

    private int Number(ParquetCells cells, Range rows)
    {
        int count = rows.End.Value - rows.Start.Value;
        if (_numbers.Length < count)
        {
            _numbers = new int[count];
        }

        return _dictionary.Number(cells, rows, _numbers);
    }

    private void AddDictionary(ParquetCells cells, ByteBuffer into)
    {
        _page.Clear();
        for (int text = 0; text < _dictionary.Count; text++)
        {
            ReadOnlySpan<byte> bytes = cells.Text(_dictionary.RowOf(text));
            _page.AddInt32(bytes.Length);
            _page.Add(bytes);
        }

        AddPage(DictionaryPage, _dictionary.Count, Plain, into);
    }

    /// <summary>Which rows have a cell, as Parquet's definition levels.</summary>
    /// <returns>How many do.</returns>
    private int AddLevels(ParquetCells cells, Range rows, bool isText)
    {
        int first = rows.Start.Value;
        int count = rows.End.Value - first;
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            _levels[i] = isText ? 1 - (cells.Lengths[first + i] >>> 31) : cells.Nulls.Length > 0 && cells.Nulls[first + i] ? 0 : 1;
            present += _levels[i];
        }

        _page.AddInt32(0);
        RunLengths.Encode(_levels.AsSpan(0, count), 1, _page);
        int bytes = _page.Count - sizeof(int);
        BinaryPrimitives.WriteInt32LittleEndian(_page.Start(sizeof(int)), bytes);
        return present;
    }

    private int AddNumbers(int from, int count)
    {
        int width = Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(_dictionary.Count - 1, 0)));
        _page.Add((byte)width);
        RunLengths.Encode(_numbers.AsSpan(from, count), width, _page);
        return DictionaryNumbers;
    }

    private int AddTexts(ParquetCells cells, Range rows)
    {
        int count = 0;
        int bytes = 0;
        ReadOnlySpan<byte> previous = default;
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            if (cells.Lengths[row] < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> text = cells.Text(row);
            int shared = text.CommonPrefixLength(previous);
            _prefixes[count] = shared;
            _suffixes[count++] = text.Length - shared;
            bytes += text.Length - shared;
            previous = text;
        }

        DeltaPacking.Encode(_prefixes.AsSpan(0, count), _page);
        DeltaPacking.Encode(_suffixes.AsSpan(0, count), _page);
        Span<byte> room = _page.Take(bytes);
        count = 0;
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            if (cells.Lengths[row] >= 0)
            {
                ReadOnlySpan<byte> suffix = cells.Text(row)[(int)_prefixes[count++]..];
                suffix.CopyTo(room);
                room = room[suffix.Length..];
            }
        }

        return TextDeltas;
    }

    private int AddCells(ParquetColumn column, ParquetCells cells, Range rows)
    {
        int count = 0;
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            if (cells.Nulls.Length > 0 && cells.Nulls[row])
            {
                continue;
            }

            if (column.Physical == ParquetType.FixedBytes)
            {
                BinaryPrimitives.WriteInt128BigEndian(_page.Take(ParquetColumn.WideBytes), cells.Wide[row]);
            }
            else
            {
                _suffixes[count++] = cells.Numbers[row];
            }
        }

        if (column.Physical == ParquetType.Boolean)
        {
            Span<byte> bits = _page.Take((count + 7) / 8);
            bits.Clear();
            for (int i = 0; i < count; i++)
            {
                bits[i / 8] |= (byte)(_suffixes[i] << (i % 8));
            }
        }
        else if (column.Physical != ParquetType.FixedBytes)
        {
            DeltaPacking.Encode(_suffixes.AsSpan(0, count), _page);
        }

        return EncodingOf(column);
    }

    private void AddPage(int kind, int count, int encoding, ByteBuffer into)
    {
        ReadOnlySpan<byte> body = _page.Written;
        if (_compressor is not null)
        {
            _compressed.Clear();
            Span<byte> room = _compressed.Take(ZstandardCompressor.Bound(body.Length));
            int used = _compressor.Compress(body, Level, room);
            _compressed.Return(room.Length - used);
            body = _compressed.Written;
        }

        _header.Clear();
        var header = new ThriftWriter(_header);
        header.Begin();
        header.Write(1, kind);
        header.Write(2, _page.Count);
        header.Write(3, body.Length);
        header.Begin(kind == DataPage ? 5 : 7);
        header.Write(1, count);
        header.Write(2, encoding);
        if (kind == DataPage)
        {
            header.Write(3, Rle);
            header.Write(4, Rle);
        }

        header.End();
        header.End();
        into.Add(_header.Written);
        into.Add(body);
        _plainBytes += _header.Count + _page.Count;
    }

    private (byte[], byte[])? BoundsOfDictionary(ParquetColumn column, ParquetCells cells)
    {
        int least = -1;
        int greatest = -1;
        for (int text = 0; column.HasBounds && text < _dictionary.Count; text++)
        {
            Widen(cells, _dictionary.RowOf(text), ref least, ref greatest);
        }

        return Texts(cells, least, greatest);
    }

    private static (byte[], byte[])? BoundsOfTexts(ParquetColumn column, ParquetCells cells, Range rows)
    {
        int least = -1;
        int greatest = -1;
        ReadOnlySpan<byte> lowest = default;
        ReadOnlySpan<byte> highest = default;
        for (int row = rows.Start.Value; column.HasBounds && row < rows.End.Value; row++)
        {
            if (cells.Lengths[row] < 0)
            {
                continue;
            }

            // In a file that is ordered by them, nearly every text is the greatest so far.
            ReadOnlySpan<byte> text = cells.Text(row);
            if (greatest < 0 || text.SequenceCompareTo(highest) > 0)
            {
                greatest = row;
                highest = text;
                if (least >= 0)
                {
                    continue;
                }
            }

            if (least < 0 || text.SequenceCompareTo(lowest) < 0)
            {
                least = row;
                lowest = text;
            }
        }

        return Texts(cells, least, greatest);
    }

    private static void Widen(ParquetCells cells, int row, ref int least, ref int greatest)
    {
        ReadOnlySpan<byte> text = cells.Text(row);
        least = least < 0 || text.SequenceCompareTo(cells.Text(least)) < 0 ? row : least;
        greatest = greatest < 0 || text.SequenceCompareTo(cells.Text(greatest)) > 0 ? row : greatest;
    }

    private static (byte[], byte[])? Texts(ParquetCells cells, int least, int greatest) =>
        least < 0 || cells.Lengths[least] > LongestBound || cells.Lengths[greatest] > LongestBound
            ? null
            : (cells.Text(least).ToArray(), cells.Text(greatest).ToArray());

    private static (byte[], byte[])? BoundsOf(ParquetColumn column, ParquetCells cells, Range rows)
    {
        bool isWide = column.Physical == ParquetType.FixedBytes;
        Int128? least = null;
        Int128? greatest = null;
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            if (cells.Nulls.Length == 0 || !cells.Nulls[row])
            {
                Int128 cell = isWide ? cells.Wide[row] : cells.Numbers[row];
                least = least is null || cell < least ? cell : least;
                greatest = greatest is null || cell > greatest ? cell : greatest;
            }
        }

        return least is null ? null : (CellBytes(column, least.Value), CellBytes(column, greatest!.Value));
    }

    private static byte[] CellBytes(ParquetColumn column, Int128 cell)
    {
        byte[] bytes = new byte[ParquetColumn.WideBytes];
        if (column.Physical == ParquetType.FixedBytes)
        {
            BinaryPrimitives.WriteInt128BigEndian(bytes, cell);
            return bytes;
        }

        BinaryPrimitives.WriteInt128LittleEndian(bytes, cell);
        return bytes[..(column.Physical switch { ParquetType.Boolean => 1, ParquetType.Int32 => sizeof(int), _ => sizeof(long) })];
    }
}
