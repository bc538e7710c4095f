using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One worker's view of a <see cref="ParquetSource"/>: takes block after block, and gives its records in batches. A
/// cursor is for one thread; cursors of one source share its blocks, each of which goes to one of them.
/// </summary>
public sealed class ParquetCursor : IRecordCursor
{
    private readonly ParquetSource _source;
    private readonly ParquetBlock _block;
    private readonly int _columns;
    private int _rows;
    private int _next;

    internal ParquetCursor(ParquetSource source, ParquetOptions options)
    {
        _source = source;
        _columns = source.Columns.Count;
        _block = new ParquetBlock(_columns, options);
    }

    /// <inheritdoc/>
    public long Block => _block.Sequence;

    /// <summary>Takes the next block. What earlier batches of this cursor refer to is overwritten.</summary>
    /// <param name="cancellation">Ends the wait for other workers, and is looked at before more is decoded.</param>
    /// <returns>False when there are no more blocks.</returns>
    /// <exception cref="ReadException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Any exception also ends the reading of the source's other cursors, with the same exception.</remarks>
    public bool ReadBlock(CancellationToken cancellation)
    {
        _rows = 0;
        _next = 0;
        if (!_source.Take(_block, cancellation))
        {
            return false;
        }

        _block.Complete();
        _rows = _block.Rows;
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

        int count = Math.Min(_rows - _next, batch.Capacity);
        if (count == 0)
        {
            return false;
        }

        _block.Write(batch, _next, count);
        _next += count;
        return true;
    }
}
