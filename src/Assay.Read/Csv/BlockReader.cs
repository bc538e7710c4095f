using System.Diagnostics;
using Assay.Data;

namespace Assay.Read;

/// <summary>
/// The serial step: reads the next block's bytes, cuts after its last whole record, and carries the rest over.
/// Not safe for several threads; <see cref="CsvSource"/> lets one in at a time.
/// </summary>
internal sealed class BlockReader(IReadOnlyList<CsvFile> files, CsvOptions options) : IDisposable
{
    private const byte Lf = (byte)'\n';

    private readonly IReadOnlyList<CsvFile> _files = files;
    private readonly CsvOptions _options = options;
    private readonly BlockIndexer _indexer = BlockIndexer.For(options.Width);
    private TextInput? _input;
    private CsvLayout _layout = files[0].Layout;
    private RecordScanner _scanner;
    private byte[] _carry = [];
    private int _carried;
    private bool _ended;
    private int _file = -1;
    private long _offset;
    private long _sequence;
    private long _bytesBefore;
    private long _bytesRead;

    /// <summary>The bytes read so far, as they are on disk. Readable from any thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Reads the next block.</summary>
    /// <param name="block">Filled with it.</param>
    /// <param name="cancellation">Looked at between two reads.</param>
    /// <returns>False when there are no more.</returns>
    public bool Read(CsvBlock block, CancellationToken cancellation)
    {
        while (true)
        {
            if (_input is null && !OpenNext())
            {
                return false;
            }

            if (Fill(block, cancellation))
            {
                block.File = _file;
                block.Layout = _layout;
                block.Sequence = _sequence++;
                return true;
            }

            _bytesBefore += _input!.BytesRead;
            _input.Dispose();
            _input = null;
        }
    }

    /// <summary>Starts again at the first file.</summary>
    public void Rewind()
    {
        _input?.Dispose();
        _input = null;
        _file = -1;
        _sequence = 0;
        _bytesBefore = 0;
        Volatile.Write(ref _bytesRead, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _input?.Dispose();

    private bool OpenNext()
    {
        if (_file + 1 >= _files.Count)
        {
            return false;
        }

        CsvFile file = _files[++_file];
        _input = file.Start();
        _layout = file.Layout;
        _scanner = new RecordScanner(_layout.Delimiter, _options.FieldLimit, _options.RecordLimit);
        _offset = _layout.DataOffset;
        _ended = false;
        Carry(default);
        return true;
    }

    private bool Fill(CsvBlock block, CancellationToken cancellation)
    {
        block.Shrink();
        block.Skipped = FaultCode.None;
        block.Offset = _offset;
        int filled = _carried;
        int want = filled < _options.BlockSize ? _options.BlockSize : filled * 2;
        block.Reserve(want, 0);
        _carry.AsSpan(0, filled).CopyTo(block.Bytes);
        while (true)
        {
            while (!_ended && filled < want)
            {
                filled += Take(block.Bytes.AsSpan(filled, want - filled), cancellation);
            }

            if (filled == 0)
            {
                return false;
            }

            int end = Split(block, filled, out FaultCode hopeless);
            if (end > 0)
            {
                block.Length = end;
                block.Final = _ended && end == filled;
                _offset += end;
                Carry(block.Bytes.AsSpan(end, filled - end));
                return true;
            }

            if (hopeless != FaultCode.None)
            {
                Skip(block, filled, hopeless, cancellation);
                return true;
            }

            Debug.Assert(!_ended, "What is left when the input ends is always decided.");
            want = filled * 2;
            block.Reserve(want, filled);
        }
    }

    /// <summary>Where the last whole record ends; 0 when there is none.</summary>
    private int Split(CsvBlock block, int filled, out FaultCode hopeless)
    {
        hopeless = FaultCode.None;
        ReadOnlySpan<byte> bytes = block.Bytes.AsSpan(0, filled);
        block.HasQuotes = bytes.Contains((byte)'"');
        if (_ended)
        {
            return filled;
        }

        if (!block.HasQuotes)
        {
            int last = bytes.LastIndexOf(Lf);
            if (last >= 0 || !_scanner.IsHopeless(filled))
            {
                return last + 1;
            }
        }
        else
        {
            int last = _indexer.LastRecordEnd(block.Bytes, filled, _layout.Delimiter, _scanner.SafeLength);
            if (last >= 0)
            {
                return last;
            }
        }

        return SplitClosely(bytes, out hopeless);
    }

    private int SplitClosely(ReadOnlySpan<byte> bytes, out FaultCode hopeless)
    {
        hopeless = FaultCode.None;
        int end = 0;
        while (true)
        {
            ScannedRecord record = _scanner.Scan(bytes, end, final: false, null);
            if (record.Outcome is ScanOutcome.Blank or ScanOutcome.Record)
            {
                end = record.Next;
                continue;
            }

            if (end == 0 && record.Outcome == ScanOutcome.Unended && _scanner.IsHopeless(bytes.Length))
            {
                hopeless = record.Fault;
            }

            return end;
        }
    }

    /// <summary>Passes over the rest of a bad record that is too long to hold.</summary>
    private void Skip(CsvBlock block, int filled, FaultCode fault, CancellationToken cancellation)
    {
        block.Skipped = fault;
        block.Length = _scanner.Kept;
        block.Final = false;
        _offset += filled;
        Carry(default);
        Span<byte> scratch = block.Bytes.AsSpan(block.Length);
        while (!_ended)
        {
            int read = Take(scratch, cancellation);
            int lf = scratch[..read].IndexOf(Lf);
            if (lf >= 0)
            {
                _offset += lf + 1;
                Carry(scratch[(lf + 1)..read]);
                return;
            }

            _offset += read;
        }
    }

    private int Take(Span<byte> target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int read = _input!.Read(target);
        _ended = read == 0;
        Volatile.Write(ref _bytesRead, _bytesBefore + _input.BytesRead);
        return read;
    }

    private void Carry(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _carry.Length || _carry.Length > 4 * Math.Max(bytes.Length, 64 * 1024))
        {
            _carry = GC.AllocateUninitializedArray<byte>(Math.Max(bytes.Length, 4096));
        }

        bytes.CopyTo(_carry);
        _carried = bytes.Length;
    }
}
