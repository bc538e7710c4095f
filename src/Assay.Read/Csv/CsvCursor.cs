using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One worker's view of a <see cref="CsvSource"/>: takes block after block, and gives its records in batches. A cursor
/// is for one thread; cursors of one source share its blocks, each of which goes to one of them.
/// </summary>
public sealed class CsvCursor : IRecordCursor
{
    private readonly CsvSource _source;
    private readonly CsvOptions _options;
    private readonly CsvBlock _block;
    private readonly RecordTable _table;
    private readonly RowLedger.Entry _entry = new();
    private readonly int _columns;
    private long _firstRow;
    private int _next;
    private int _used;

    internal CsvCursor(CsvSource source, CsvOptions options, CsvLayout layout)
    {
        _source = source;
        _options = options;
        _columns = layout.Ordinals.Length;
        _block = new CsvBlock(options.BlockSize, layout);
        _table = new RecordTable(BlockIndexer.For(options.Width));
    }

    /// <summary>How many records the block has.</summary>
    public int RowsInBlock { get; private set; }

    /// <summary>The block's number in reading order, from 0, over all files.</summary>
    public long Block => _block.Sequence;

    /// <summary>Which of the source's files the block is of, from 0.</summary>
    public int File => _block.File;

    /// <summary>Takes the next block. What earlier batches of this cursor refer to is overwritten.</summary>
    /// <param name="cancellation">Ends the wait for other workers, and is looked at between two reads of the file.</param>
    /// <returns>False when there are no more blocks.</returns>
    /// <exception cref="ReadException">The file cannot be read on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Any exception also ends the reading of the source's other cursors, with the same exception.</remarks>
    public bool ReadBlock(CancellationToken cancellation)
    {
        RowsInBlock = 0;
        _next = 0;
        try
        {
            if (!_source.Take(_block, cancellation))
            {
                return false;
            }

            _used = _block.Length;
            _table.Build(
                _block, new RecordScanner(_block.Layout.Delimiter, _options.FieldLimit, _options.RecordLimit));
            _firstRow = _source.Number(_block, _table.Rows, _entry, cancellation);
        }
        catch (Exception error)
        {
            _source.Fail(error);
            throw;
        }

        RowsInBlock = _table.Rows;
        return true;
    }

    /// <summary>Gives the block's next records.</summary>
    /// <param name="batch">Filled with as many as it holds; its bytes are the cursor's, valid until the next <see cref="ReadBlock"/>.</param>
    /// <returns>False when the block has no more records; the batch is left alone.</returns>
    /// <exception cref="ArgumentException">The batch has another number of columns than the source.</exception>
    public bool ReadBatch(FieldBatch batch)
    {
        if (batch.Starts.Length != _columns)
        {
            throw new ArgumentException($"The batch has {batch.Starts.Length} columns, the source {_columns}.", nameof(batch));
        }

        int count = Math.Min(RowsInBlock - _next, batch.Capacity);
        if (count == 0)
        {
            return false;
        }

        _table.Write(batch, _block, _next, count);
        batch.Count = count;
        batch.Bytes = _block.Bytes;
        if (_block.HasQuotes)
        {
            TakeQuotesOff(batch);
        }

        if (_table.MayBeInvalid)
        {
            FindInvalid(batch);
        }

        batch.FirstRow = _firstRow + _next;
        batch.Offset = _block.Offset;
        batch.Block = _block.Sequence;
        batch.File = _block.File;
        _next += count;
        return true;
    }

    private void TakeQuotesOff(FieldBatch batch)
    {
        for (int column = 0; column < _columns; column++)
        {
            int[] starts = batch.Starts[column];
            int[] lengths = batch.Lengths[column];
            ref byte bytes = ref MemoryMarshal.GetArrayDataReference(_block.Bytes);
            Span<int> length = lengths.AsSpan(0, batch.Count);
            Span<int> start = starts.AsSpan(0, length.Length);
            for (int row = 0; row < length.Length; row++)
            {
                // What is quoted is quoted on both sides. No questions here: a column may be quoted now and then.
                // Every start lies within the buffer: that of a field at the very end is in the block's slack.
                int quoted = (Unsafe.Add(ref bytes, start[row]) == (byte)'"' ? 1 : 0) & (length[row] > 1 ? 1 : 0);
                start[row] += quoted;
                length[row] -= quoted * 2;
            }

            if (!_table.Pairs.IsEmpty)
            {
                Unescape(starts, lengths, batch.Count);
            }
        }

        batch.Bytes = _block.Bytes;
    }

    /// <summary>Text with doubled quotes is copied behind the block, as its raw record must stay whole.</summary>
    private void Unescape(int[] starts, int[] lengths, int count)
    {
        byte[] bytes = _block.Bytes;
        ReadOnlySpan<int> pairs = _table.Pairs;
        int next = pairs.BinarySearch(starts[0]);
        next = next < 0 ? ~next : next;
        for (int row = 0; row < count; row++)
        {
            int start = starts[row];
            int length = lengths[row];
            while (next < pairs.Length && pairs[next] < start)
            {
                next++;
            }

            // What stands doubled in an unquoted field stays so.
            if (next == pairs.Length || pairs[next] >= start + length || start == 0 || bytes[start - 1] != (byte)'"')
            {
                continue;
            }

            // All texts of a block together are no longer than the block.
            _block.Reserve(2 * _block.Length, _used);
            bytes = _block.Bytes;
            starts[row] = _used;
            lengths[row] = QuotedText.Unescape(bytes.AsSpan(start, length), bytes.AsSpan(_used));
            _used += lengths[row];
        }
    }

    private void FindInvalid(FieldBatch batch)
    {
        if (!batch.HasFaults)
        {
            batch.Faults.AsSpan(0, batch.Count).Clear();
        }

        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.Faults[row] is FaultCode.None or FaultCode.ShortRow or FaultCode.LongRow
                && !Utf8.IsValid(batch.Record(row)))
            {
                batch.Faults[row] = FaultCode.InvalidUtf8;
                batch.HasFaults = true;
            }
        }
    }
}
