namespace Assay.Data;

/// <summary>
/// Raw records as a reader hands them on: for each column that was asked for, where each record's field
/// lies in a buffer of bytes. Filled again and again; the buffer is the reader's.
/// </summary>
public sealed class FieldBatch
{
    /// <summary>Makes an empty batch.</summary>
    /// <param name="columns">How many columns were asked for.</param>
    /// <param name="capacity">The most records it can hold.</param>
    public FieldBatch(int columns, int capacity = RowBatch.DefaultCapacity)
    {
        Starts = new int[columns][];
        Lengths = new int[columns][];
        for (int i = 0; i < columns; i++)
        {
            Starts[i] = new int[capacity];
            Lengths[i] = new int[capacity];
        }

        RecordStarts = new int[capacity];
        RecordLengths = new int[capacity];
        Faults = new FaultCode[capacity];
        Capacity = capacity;
    }

    private FieldBatch(FieldBatch whole, IReadOnlyList<int> columns)
    {
        Starts = [.. columns.Select(column => whole.Starts[column])];
        Lengths = [.. columns.Select(column => whole.Lengths[column])];
        RecordStarts = whole.RecordStarts;
        RecordLengths = whole.RecordLengths;
        Faults = whole.Faults;
        Capacity = whole.Capacity;
    }

    /// <summary>The most records the batch can hold.</summary>
    public int Capacity { get; }

    /// <summary>The bytes that fields and records lie in, UTF-8.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>How many records are filled.</summary>
    public int Count { get; set; }

    /// <summary>By column, then record: where the field's text starts in <see cref="Bytes"/>, quotes taken off.</summary>
    public int[][] Starts { get; }

    /// <summary>By column, then record: the bytes of the field's text; -1 when the record has no such field.</summary>
    public int[][] Lengths { get; }

    /// <summary>By record: where its raw text starts in <see cref="Bytes"/>.</summary>
    public int[] RecordStarts { get; }

    /// <summary>By record: the bytes of its raw text, line end left out.</summary>
    public int[] RecordLengths { get; }

    /// <summary>By record: what is wrong with its structure; read it only when <see cref="HasFaults"/>.</summary>
    public FaultCode[] Faults { get; }

    /// <summary>Whether any record of the batch has a structural fault.</summary>
    public bool HasFaults { get; set; }

    /// <summary>The number of the first record in its file, 1 for the first after the header.</summary>
    public long FirstRow { get; set; }

    /// <summary>Where the first byte of <see cref="Bytes"/> stands in the (uncompressed) file.</summary>
    public long Offset { get; set; }

    /// <summary>The place, in reading order, of the block of bytes that the batch lies in; several batches can share one.</summary>
    public long Block { get; set; }

    /// <summary>Which of the source's files the records come from, from 0.</summary>
    public int File { get; set; }

    /// <summary>The same records with only some of their columns, sharing this batch's arrays. Call <see cref="Follow"/> after each fill.</summary>
    /// <param name="columns">The columns' places in this batch, in the view's order.</param>
    /// <returns>The view.</returns>
    public FieldBatch View(IReadOnlyList<int> columns) => new(this, columns);

    /// <summary>Takes over what a fill of the whole batch changed.</summary>
    /// <param name="whole">The batch that this is a <see cref="View"/> of.</param>
    public void Follow(FieldBatch whole)
    {
        (Bytes, Count, HasFaults) = (whole.Bytes, whole.Count, whole.HasFaults);
        (FirstRow, Offset, Block, File) = (whole.FirstRow, whole.Offset, whole.Block, whole.File);
    }

    /// <summary>The raw text of a field.</summary>
    /// <param name="column">The column, in the order asked for.</param>
    /// <param name="row">The record, from 0.</param>
    /// <returns>The bytes; empty when the record has no such field.</returns>
    public ReadOnlySpan<byte> Field(int column, int row) =>
        Lengths[column][row] < 0 ? default : new ReadOnlySpan<byte>(Bytes, Starts[column][row], Lengths[column][row]);

    /// <summary>The raw text of a record.</summary>
    /// <param name="row">The record, from 0.</param>
    /// <returns>The bytes, line end left out.</returns>
    public ReadOnlySpan<byte> Record(int row) => new(Bytes, RecordStarts[row], RecordLengths[row]);
}
