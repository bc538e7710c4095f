using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One worker's view of a <see cref="JsonSource"/>: takes block after block, and gives its records in batches. A cursor
/// is for one thread; cursors of one source share its blocks, each of which goes to one of them.
/// </summary>
public sealed class JsonCursor : IRecordCursor
{
    private readonly JsonSource _source;
    private readonly JsonBlock _block;
    private readonly JsonTable _table;
    private readonly JsonBlockParser _parser;
    private readonly JsonEntry _entry;
    private readonly bool _isDocument;
    private readonly int _columns;
    private long _firstRow;
    private int _next;

    internal JsonCursor(JsonSource source, JsonOptions options)
    {
        _source = source;
        _columns = source.Columns.Count;
        _isDocument = options.Format == JsonFormat.Document;
        _block = new JsonBlock(options.BlockSize);
        _table = new JsonTable(_columns);
        _parser = new JsonBlockParser(source.Columns, _table, options);
        _entry = new JsonEntry(_parser.Records.Met);
    }

    /// <summary>How many records the block has.</summary>
    public int RowsInBlock { get; private set; }

    /// <summary>The block's number in reading order, from 0, over all files.</summary>
    public long Block => _block.Sequence;

    /// <summary>Takes the next block. What earlier batches of this cursor refer to is overwritten.</summary>
    /// <param name="cancellation">Ends the wait for other workers, and is looked at between two reads of the file.</param>
    /// <returns>False when there are no more blocks.</returns>
    /// <exception cref="ReadException">The file cannot be read on, or has no such place as the records are to be at.</exception>
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

            Enter(_parser.Parse(_block));
            _firstRow = _source.Number(_block, _table.Rows, _entry, cancellation);
        }
        catch (Exception error)
        {
            _source.Fail(error);
            throw;
        }

        if (_entry.IsVoid)
        {
            _parser.Records.Forget();
        }

        RowsInBlock = _entry.Rows;
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

        _table.Write(batch, _next, count);
        batch.Count = count;
        batch.Bytes = _block.Bytes;
        batch.FirstRow = _firstRow + _next;
        batch.Offset = _block.Offset;
        batch.Block = _block.Sequence;
        batch.File = _block.File;
        _next += count;
        return true;
    }

    private void Enter(JsonFault? fault)
    {
        _entry.Objects = _parser.Records.Objects;
        _entry.Names = _parser.Records.Fresh;
        _entry.NameRows = _parser.Records.FreshRows;
        _entry.Unknown = _parser.Records.UnknownCounts;
        _entry.IsFinal = _block.IsFinal;
        _entry.Reason = fault?.Reason ?? _block.Fault;
        if (_isDocument)
        {
            int length = fault?.At ?? _block.Length;
            _entry.Before = _block.Before;
            _entry.Block = TextPlace.Of(_block.Span[..length]);
            _entry.Offset = _block.Offset + length;
        }
    }
}
