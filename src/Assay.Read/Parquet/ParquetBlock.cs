using System.Buffers;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Read;

/// <summary>Some rows of a file as text, in a worker's own buffer: the cells, column by column, and then the records.</summary>
internal sealed class ParquetBlock(int columns, ParquetOptions options)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. "\"\\"u8, .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);

    private readonly ParquetOptions _options = options;
    private readonly FieldPlace[][] _fields = new FieldPlace[columns][];
    private ParquetFile? _file;
    private byte[] _bytes = new byte[options.BlockSize];
    private int _used;
    private long[] _sizes = [];
    private FieldPlace[] _cells = [];
    private int[] _starts = [];
    private int[] _lengths = [];
    private FaultCode[] _faults = [];
    private bool _hasFaults;

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of the first row in its file, from 1.</summary>
    public long FirstRow { get; set; }

    /// <summary>Its number in reading order, over all files.</summary>
    public long Sequence { get; set; }

    /// <summary>Which file it is of.</summary>
    public int File { get; set; }

    /// <summary>Takes the cells of rows from a chunk, as many as make a block. The chunk may then go.</summary>
    /// <param name="reader">The query, at the chunk.</param>
    /// <param name="file">The file it is of.</param>
    /// <param name="first">The first row of the chunk to take.</param>
    public void Take(DuckDbReader reader, ParquetFile file, int first)
    {
        _file = file;
        Reserve(reader.Count, file.Cells);
        Rows = Measure(reader, file, first);
        _used = 0;
        for (int cell = 0; cell < file.Cells; cell++)
        {
            Copy(reader[cell], cell, first, file.Cells);
        }
    }

    /// <summary>Makes the records of the cells that were taken: each worker for itself.</summary>
    public void Complete()
    {
        ParquetFile file = _file!;
        for (int row = 0; row < Rows; row++)
        {
            Record(row, file);
        }

        for (int column = 0; column < _fields.Length; column++)
        {
            Span<FieldPlace> fields = _fields[column].AsSpan(0, Rows);
            for (int row = 0; row < fields.Length; row++)
            {
                fields[row] = _faults[row] == FaultCode.None && file.Places[column] >= 0 ? _cells[(row * file.Cells) + file.Places[column]] : FieldPlace.Missing;
            }
        }

        _hasFaults = _faults.AsSpan(0, Rows).ContainsAnyExcept(FaultCode.None);
    }

    /// <summary>Writes rows to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first row to write.</param>
    /// <param name="count">How many.</param>
    public void Write(FieldBatch batch, int first, int count)
    {
        for (int column = 0; column < _fields.Length; column++)
        {
            int[] starts = batch.Starts[column];
            int[] lengths = batch.Lengths[column];
            ReadOnlySpan<FieldPlace> fields = _fields[column].AsSpan(first, count);
            for (int i = 0; i < fields.Length; i++)
            {
                starts[i] = fields[i].Start;
                lengths[i] = fields[i].Length;
            }
        }

        _starts.AsSpan(first, count).CopyTo(batch.RecordStarts);
        _lengths.AsSpan(first, count).CopyTo(batch.RecordLengths);
        _faults.AsSpan(first, count).CopyTo(batch.Faults);
        batch.HasFaults = _hasFaults;
        batch.Bytes = _bytes;
        batch.Count = count;
        batch.FirstRow = FirstRow + first;
        batch.Offset = 0;
        batch.Block = Sequence;
        batch.File = File;
    }

    /// <summary>Finds out which rows are too long, and how many make a block.</summary>
    private int Measure(DuckDbReader reader, ParquetFile file, int first)
    {
        int most = reader.Count - first;
        Span<long> sizes = _sizes.AsSpan(0, most);
        Span<FaultCode> faults = _faults.AsSpan(0, most);
        sizes.Clear();
        faults.Clear();
        for (int cell = 0; cell < file.Cells; cell++)
        {
            DuckDbVector vector = reader[cell];
            bool isOwn = cell < file.Columns.Count;
            bool isAsked = file.Places.Contains(cell);
            for (int row = 0; row < most; row++)
            {
                int length = vector.IsNull(first + row) ? 0 : vector.Text(first + row).Length;
                sizes[row] += isOwn ? length : 0;
                if (isAsked && length > _options.FieldLimit)
                {
                    faults[row] = FaultCode.FieldTooLong;
                }
            }
        }

        long size = 0;
        int rows = 0;
        for (; rows < most && (rows == 0 || size < _options.BlockSize); rows++)
        {
            if (sizes[rows] > _options.RecordLimit)
            {
                faults[rows] = FaultCode.RecordTooLong;
            }

            size += faults[rows] == FaultCode.None ? sizes[rows] : _options.Kept;
        }

        return rows;
    }

    private void Copy(DuckDbVector vector, int cell, int first, int cells)
    {
        for (int row = 0; row < Rows; row++)
        {
            FieldPlace place = FieldPlace.Missing;
            if (!vector.IsNull(first + row))
            {
                ReadOnlySpan<byte> text = vector.Text(first + row);

                // Of a row that is too long only the start of its record is kept, which no more of a cell can be in.
                text = _faults[row] == FaultCode.None ? text : text[..Math.Min(text.Length, _options.Kept)];
                place = new FieldPlace(_used, text.Length);
                Add(text);
            }

            _cells[(row * cells) + cell] = place;
        }
    }

    /// <summary>Writes a row as an object on one line.</summary>
    private void Record(int row, ParquetFile file)
    {
        int start = _used;
        Add((byte)'{');
        for (int column = 0; column < file.Columns.Count; column++)
        {
            (byte[] name, bool isBare) = file.Columns[column];
            FieldPlace cell = _cells[(row * file.Cells) + column];
            if (column > 0)
            {
                Add((byte)',');
            }

            Add(name);
            if (cell.Length < 0)
            {
                Add("null"u8);
            }
            else
            {
                Value(cell, isBare);
            }
        }

        Add((byte)'}');
        int length = _used - start;
        if (length > _options.RecordLimit && _faults[row] == FaultCode.None)
        {
            _faults[row] = FaultCode.RecordTooLong;
        }

        _starts[row] = start;
        _lengths[row] = _faults[row] == FaultCode.None ? length : Math.Min(length, _options.Kept);
        _used = start + _lengths[row];
    }

    private void Value(FieldPlace cell, bool isBare)
    {
        Need((6 * cell.Length) + 2);
        ReadOnlySpan<byte> text = _bytes.AsSpan(cell.Start, cell.Length);
        if (isBare && text is not ([(byte)'n' or (byte)'i', ..] or [(byte)'-', (byte)'i', ..]))
        {
            Add(text);
            return;
        }

        Add((byte)'"');
        while (true)
        {
            int plain = text.IndexOfAny(Special);
            Add(plain < 0 ? text : text[..plain]);
            if (plain < 0)
            {
                break;
            }

            Escape(text[plain]);
            text = text[(plain + 1)..];
        }

        Add((byte)'"');
    }

    private void Escape(byte special)
    {
        if (special is (byte)'"' or (byte)'\\')
        {
            Add((byte)'\\');
            Add(special);
            return;
        }

        Add("\\u00"u8);
        Add((byte)('0' + (special >> 4)));
        Add("0123456789abcdef"u8[special & 15]);
    }

    private void Add(byte one)
    {
        Need(1);
        _bytes[_used++] = one;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        Need(text.Length);
        text.CopyTo(_bytes.AsSpan(_used));
        _used += text.Length;
    }

    private void Need(int more)
    {
        if (_bytes.Length - _used < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more));
        }
    }

    private void Reserve(int rows, int cells)
    {
        if (_starts.Length < rows)
        {
            _sizes = new long[rows];
            _starts = new int[rows];
            _lengths = new int[rows];
            _faults = new FaultCode[rows];
            for (int column = 0; column < _fields.Length; column++)
            {
                _fields[column] = new FieldPlace[rows];
            }
        }

        if (_cells.Length < rows * cells)
        {
            _cells = new FieldPlace[rows * cells];
        }

        if (_bytes.Length > 8L * _options.BlockSize)
        {
            // Large rows had made it grow.
            _bytes = new byte[_options.BlockSize];
        }
    }
}
