using Assay.Data;

namespace Assay.Read;

/// <summary>One worker's view of an <see cref="IRecordSource"/>: takes block after block, and gives its records in batches. A cursor is for one thread.</summary>
public interface IRecordCursor
{
    /// <summary>The block's number in reading order, from 0, over all files.</summary>
    long Block { get; }

    /// <summary>Takes the next block. What earlier batches of this cursor refer to is overwritten.</summary>
    /// <param name="cancellation">Ends the wait for other workers, and is looked at between two reads of the file.</param>
    /// <returns>False when there are no more blocks.</returns>
    /// <exception cref="ReadException">The file cannot be read on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    bool ReadBlock(CancellationToken cancellation);

    /// <summary>Gives the block's next records.</summary>
    /// <param name="batch">Filled with as many as it holds; its bytes are the cursor's, valid until the next <see cref="ReadBlock"/>.</param>
    /// <returns>False when the block has no more records; the batch is left alone.</returns>
    bool ReadBatch(FieldBatch batch);
}
