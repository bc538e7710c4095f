using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read;

/// <summary>Where the records of a block lie, and the ends of their fields.</summary>
/// <remarks>
/// When every record has as many fields as the header, the index of separators says it all: record r's are r × fields
/// and on. Only otherwise are the records written down one by one.
/// </remarks>
internal sealed class RecordTable(BlockIndexer indexer)
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private readonly BlockIndexer _indexer = indexer;

    // The first end is that of nothing, at -1: so each field starts after the end before it.
    private readonly PositionList _ends = new(1024);
    private readonly PositionList _rowEnds = new(256);
    private readonly PositionList _pairs = new(16);
    private int[] _starts = new int[256];
    private int[] _lengths = new int[256];
    private int[] _firstEnds = new int[256];
    private int[] _fields = new int[256];
    private FaultCode[] _faults = new FaultCode[256];
    private bool _regular;

    /// <summary>How many records there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether some record may be invalid UTF-8.</summary>
    public bool MayBeInvalid { get; private set; }

    /// <summary>The places of quotes after quotes, ascending: all second ones of pairs inside fields are among them.</summary>
    public ReadOnlySpan<int> Pairs => _pairs.Items.AsSpan(0, _pairs.Count);

    /// <summary>Finds the records of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="scanner">The rules, for the block's file.</param>
    public void Build(CsvBlock block, in RecordScanner scanner)
    {
        Rows = 0;
        _regular = false;
        MayBeInvalid = false;
        Clear();
        if (block.Skipped != FaultCode.None)
        {
            Add(0, block.Length, 0, 0, block.Skipped);
            return;
        }

        if (!Index(block, scanner.SafeLength))
        {
            Clear();
            FindPairs(block.Span);
            MayBeInvalid = !Utf8.IsValid(block.Span);
            Scan(block, scanner);
        }
        else if (IsRegular(block.Layout.Fields))
        {
            _regular = true;
            Rows = _rowEnds.Count;
        }
        else
        {
            Tabulate(block);
        }
    }

    /// <summary>Writes records to a batch.</summary>
    /// <param name="batch">The batch; its records, faults and fields are written, quotes not yet taken off.</param>
    /// <param name="block">The block.</param>
    /// <param name="first">The first record to write.</param>
    /// <param name="count">How many.</param>
    public void Write(FieldBatch batch, CsvBlock block, int first, int count)
    {
        if (_regular)
        {
            WriteRegular(batch, block, first, count);
            return;
        }

        _starts.AsSpan(first, count).CopyTo(batch.RecordStarts);
        _lengths.AsSpan(first, count).CopyTo(batch.RecordLengths);
        _faults.AsSpan(first, count).CopyTo(batch.Faults);
        batch.HasFaults = batch.Faults.AsSpan(0, count).ContainsAnyExcept(FaultCode.None);
        int[] ordinals = block.Layout.Ordinals;
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

    private void WriteRegular(FieldBatch batch, CsvBlock block, int first, int count)
    {
        int fields = block.Layout.Fields;
        int[] ordinals = block.Layout.Ordinals;
        ref int ends = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ends.Items), first * fields);
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(block.Bytes);
        int[] recordStarts = batch.RecordStarts;
        int[] recordLengths = batch.RecordLengths;
        for (int i = 0, at = 0; i < count; i++, at += fields)
        {
            int start = Unsafe.Add(ref ends, at) + 1;
            int end = Unsafe.Add(ref ends, at + fields);

            // With two fields or more there is a byte before every LF.
            recordStarts[i] = start;
            recordLengths[i] = end - start - (Unsafe.Add(ref bytes, end - 1) == Cr ? 1 : 0);
        }

        batch.HasFaults = false;
        for (int column = 0; column < ordinals.Length; column++)
        {
            int[] starts = batch.Starts[column];
            int[] lengths = batch.Lengths[column];
            if (ordinals[column] == CsvLayout.Nowhere)
            {
                starts.AsSpan(0, count).Clear();
                lengths.AsSpan(0, count).Fill(-1);
                continue;
            }

            ref int end = ref Unsafe.Add(ref ends, ordinals[column]);
            for (int i = 0; i < count; i++)
            {
                int start = end + 1;
                starts[i] = start;
                lengths[i] = Unsafe.Add(ref end, 1) - start;
                end = ref Unsafe.Add(ref end, fields);
            }

            if (ordinals[column] == fields - 1)
            {
                for (int i = 0; i < count; i++)
                {
                    lengths[i] = recordStarts[i] + recordLengths[i] - starts[i];
                }
            }
        }
    }

    /// <summary>Indexes the block with vectors; false when only the scanner can tell.</summary>
    private bool Index(CsvBlock block, int safeLength)
    {
        int length = block.Length;
        if (block.Bytes[length - 1] != Lf)
        {
            if (block.Bytes[length - 1] == Cr)
            {
                // Content, as no LF follows; it must not seem so.
                return false;
            }

            block.Bytes[length++] = Lf;
        }

        bool ascii;
        byte delimiter = block.Layout.Delimiter;
        if (!block.HasQuotes)
        {
            ascii = _indexer.Plain(block.Bytes, length, delimiter, _ends, _rowEnds);
        }
        else if (!_indexer.Quoted(block.Bytes, length, delimiter, _ends, _rowEnds, _pairs, out ascii))
        {
            return false;
        }

        MayBeInvalid = !ascii && !Utf8.IsValid(block.Span);
        return block.Length <= safeLength || IsWithin(safeLength);
    }

    private bool IsWithin(int safeLength)
    {
        int start = 0;
        foreach (int rowEnd in _rowEnds.Items.AsSpan(0, _rowEnds.Count))
        {
            int end = _ends.Items[rowEnd];
            if (end - start > safeLength)
            {
                return false;
            }

            start = end + 1;
        }

        return true;
    }

    private bool IsRegular(int fields)
    {
        // A blank line is a single field, and no record.
        if (fields == 1 || _ends.Count - 1 != (long)_rowEnds.Count * fields)
        {
            return false;
        }

        int different = 0;
        int expected = 0;
        foreach (int rowEnd in _rowEnds.Items.AsSpan(0, _rowEnds.Count))
        {
            expected += fields;
            different |= rowEnd ^ expected;
        }

        return different == 0;
    }

    private void Tabulate(CsvBlock block)
    {
        int fields = block.Layout.Fields;
        int[] ends = _ends.Items;
        byte[] bytes = block.Bytes;
        int firstEnd = 1;
        int start = 0;
        foreach (int rowEnd in _rowEnds.Items.AsSpan(0, _rowEnds.Count))
        {
            int lf = ends[rowEnd];
            int end = lf > start && bytes[lf - 1] == Cr ? lf - 1 : lf;
            int found = rowEnd - firstEnd + 1;
            if (end > start)
            {
                ends[rowEnd] = end;
                Add(start, end - start, firstEnd, found, Compare(found, fields));
            }

            firstEnd = rowEnd + 1;
            start = lf + 1;
        }
    }

    private void Scan(CsvBlock block, in RecordScanner scanner)
    {
        ReadOnlySpan<byte> bytes = block.Span;
        int fields = block.Layout.Fields;
        int at = 0;
        while (at < bytes.Length)
        {
            int firstEnd = _ends.Count;
            ScannedRecord record = scanner.Scan(bytes, at, final: true, _ends);
            if (record.Outcome == ScanOutcome.Record)
            {
                FaultCode fault = record.Fault == FaultCode.None ? Compare(record.Fields, fields) : record.Fault;
                Add(at, record.Length, firstEnd, record.Fields, fault);
            }

            at = record.Next;
        }
    }

    private void FindPairs(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; ; at++)
        {
            int found = bytes[at..].IndexOf("\"\""u8);
            if (found < 0)
            {
                return;
            }

            at += found;
            _pairs.Add(at + 1);
        }
    }

    private static FaultCode Compare(int found, int fields) =>
        found == fields ? FaultCode.None : found < fields ? FaultCode.ShortRow : FaultCode.LongRow;

    private void Clear()
    {
        _ends.Truncate(0);
        _ends.Add(-1);
        _rowEnds.Truncate(0);
        _pairs.Truncate(0);
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
