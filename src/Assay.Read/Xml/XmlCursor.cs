using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One worker's view of an <see cref="XmlSource"/>: takes block after block, and gives its records in batches. A cursor
/// is for one thread; cursors of one source share its blocks, each of which goes to one of them.
/// </summary>
public sealed class XmlCursor : IRecordCursor
{
    private readonly XmlSource _source;
    private readonly XmlBlock _block;
    private int _next;

    internal XmlCursor(XmlSource source, int columns, XmlOptions options)
    {
        _source = source;
        _block = new XmlBlock(columns, options.BlockSize);
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
    /// <exception cref="ReadException">The file cannot be read on, has a document type declaration, or has elements, and no records among them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Any exception also ends the reading of the source's other cursors, with the same exception.</remarks>
    public bool ReadBlock(CancellationToken cancellation)
    {
        RowsInBlock = 0;
        _next = 0;
        if (!_source.Take(_block, cancellation))
        {
            return false;
        }

        Decode();
        RowsInBlock = _block.Rows;
        return true;
    }

    /// <summary>Gives the block's next records.</summary>
    /// <param name="batch">Filled with as many as it holds; its bytes are the cursor's, valid until the next <see cref="ReadBlock"/>.</param>
    /// <returns>False when the block has no more records; the batch is left alone.</returns>
    /// <exception cref="ArgumentException">The batch has another number of columns than the source.</exception>
    public bool ReadBatch(FieldBatch batch)
    {
        int columns = _block.Columns;
        if (batch.Starts.Length != columns)
        {
            throw new ArgumentException($"The batch has {batch.Starts.Length} columns, the source {columns}.", nameof(batch));
        }

        int count = Math.Min(RowsInBlock - _next, batch.Capacity);
        if (count == 0)
        {
            return false;
        }

        _block.RecordStarts.AsSpan(_next, count).CopyTo(batch.RecordStarts);
        _block.RecordLengths.AsSpan(_next, count).CopyTo(batch.RecordLengths);
        _block.Faults.AsSpan(_next, count).CopyTo(batch.Faults);
        batch.HasFaults = batch.Faults.AsSpan(0, count).ContainsAnyExcept(FaultCode.None);
        for (int column = 0; column < columns; column++)
        {
            Span<int> starts = batch.Starts[column].AsSpan(0, count);
            Span<int> lengths = batch.Lengths[column].AsSpan(0, starts.Length);
            int place = (_next * columns) + column;
            for (int row = 0; row < starts.Length; row++, place += columns)
            {
                long field = _block.Fields[place];
                starts[row] = (int)field;
                lengths[row] = (int)(field >> 32);
            }
        }

        batch.Count = count;
        batch.Bytes = _block.Bytes;
        batch.FirstRow = _block.FirstRow + _next;
        batch.Offset = _block.Offset;
        batch.Block = _block.Sequence;
        batch.File = _block.File;
        _next += count;
        return true;
    }

    /// <summary>Texts that are not as they stand in the file are written behind the block, as its raw records must stay whole.</summary>
    private void Decode()
    {
        int used = _block.Length;
        foreach (XmlFieldToDecode field in _block.ToDecode)
        {
            if (_block.Fields[field.Place] != field.Raw)
            {
                continue;
            }

            int start = (int)field.Raw;
            int length = (int)(field.Raw >> 32);
            _block.Reserve(used + length, used);
            ReadOnlySpan<byte> raw = _block.Bytes.AsSpan(start, length);
            Span<byte> target = _block.Bytes.AsSpan(used, length);
            int written = field.IsAttribute ? XmlTextDecoder.DecodeAttribute(raw, target) : XmlTextDecoder.DecodeElement(raw, target);
            _block.Fields[field.Place] = XmlBlock.Field(used, written);
            used += written;
        }
    }
}
