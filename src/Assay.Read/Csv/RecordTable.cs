using Assay.Data;

namespace Assay.Read;

/// <summary>Where the records of a block lie, and the ends of their fields.</summary>
internal sealed class RecordTable
{
    private readonly PositionList _ends = new(1024);
    private int[] _starts = new int[256];
    private int[] _lengths = new int[256];
    private int[] _firstEnds = new int[256];
    private int[] _fields = new int[256];
    private FaultCode[] _faults = new FaultCode[256];

    /// <summary>How many records there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Finds the records of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="scanner">The rules, for the block's file.</param>
    public void Build(CsvBlock block, in RecordScanner scanner)
    {
        Rows = 0;
        _ends.Truncate(0);
        if (block.Skipped != FaultCode.None)
        {
            Add(0, block.Length, 0, 0, block.Skipped);
            return;
        }

        ReadOnlySpan<byte> bytes = block.Span;
        int fields = block.Layout.Fields;
        int at = 0;
        while (at < bytes.Length)
        {
            int firstEnd = _ends.Count;
            ScannedRecord record = scanner.Scan(bytes, at, final: true, _ends);
            if (record.Outcome == ScanOutcome.Record)
            {
                FaultCode fault = record.Fault != FaultCode.None ? record.Fault
                    : record.Fields < fields ? FaultCode.ShortRow
                    : record.Fields > fields ? FaultCode.LongRow
                    : FaultCode.None;
                Add(at, record.Length, firstEnd, record.Fields, fault);
            }

            at = record.Next;
        }
    }

    /// <summary>Writes records to a batch.</summary>
    /// <param name="batch">The batch; its records, faults and fields are written, quotes not yet taken off.</param>
    /// <param name="first">The first record to write.</param>
    /// <param name="count">How many.</param>
    /// <param name="ordinals">The place in a record of each of the batch's columns.</param>
    public void Write(FieldBatch batch, int first, int count, int[] ordinals)
    {
        _starts.AsSpan(first, count).CopyTo(batch.RecordStarts);
        _lengths.AsSpan(first, count).CopyTo(batch.RecordLengths);
        _faults.AsSpan(first, count).CopyTo(batch.Faults);
        batch.HasFaults = _faults.AsSpan(first, count).ContainsAnyExcept(FaultCode.None);
        for (int column = 0; column < ordinals.Length; column++)
        {
            int ordinal = ordinals[column];
            int[] starts = batch.Starts[column];
            int[] lengths = batch.Lengths[column];
            for (int i = 0; i < count; i++)
            {
                int row = first + i;
                if (ordinal >= _fields[row])
                {
                    starts[i] = 0;
                    lengths[i] = -1;
                    continue;
                }

                int end = _firstEnds[row] + ordinal;
                int start = ordinal == 0 ? _starts[row] : _ends.Items[end - 1] + 1;
                starts[i] = start;
                lengths[i] = _ends.Items[end] - start;
            }
        }
    }

    private void Add(int start, int length, int firstEnd, int fields, FaultCode fault)
    {
        if (Rows == _starts.Length)
        {
            int more = Rows * 2;
            Array.Resize(ref _starts, more);
            Array.Resize(ref _lengths, more);
            Array.Resize(ref _firstEnds, more);
            Array.Resize(ref _fields, more);
            Array.Resize(ref _faults, more);
        }

        _starts[Rows] = start;
        _lengths[Rows] = length;
        _firstEnds[Rows] = firstEnd;
        _fields[Rows] = fields;
        _faults[Rows++] = fault;
    }
}
