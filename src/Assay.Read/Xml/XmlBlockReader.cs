using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read;

/// <summary>
/// The serial step: reads the next block's bytes, finds its records, and carries what is after the last whole one over.
/// Not safe for several threads; <see cref="XmlSource"/> lets one in at a time.
/// </summary>
internal sealed class XmlBlockReader : IDisposable
{
    /// <summary>So many elements are told when there is no record among them.</summary>
    private const int MostTold = 30;

    private readonly IReadOnlyList<XmlFile> _files;
    private readonly IReadOnlyList<string> _columns;
    private readonly XmlOptions _options;
    private readonly string _source;
    private readonly XmlWindow _window = new();
    private readonly XmlRows _rows;
    private readonly XmlShape _shape;
    private readonly XmlScanner _scanner;
    private readonly XmlPlace _place = new();
    private readonly byte[] _kept;
    private volatile IncompleteFile[] _incomplete = [];
    private TextInput? _input;
    private byte[] _carry = [];
    private int _carried;
    private int _filled;
    private bool _ended;
    private bool _broken;
    private bool _skipping;
    private long _skippedFrom;
    private bool _illegal;
    private int _file = -1;
    private long _offset;
    private long _row;
    private long _sequence;
    private long _bytesBefore;
    private long _bytesRead;

    /// <summary>Makes a reader.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="files">The files.</param>
    /// <param name="columns">The columns that are needed.</param>
    /// <param name="options">How to read.</param>
    public XmlBlockReader(string source, IReadOnlyList<XmlFile> files, IReadOnlyList<string> columns, XmlOptions options)
    {
        _source = source;
        _files = files;
        _columns = columns;
        _options = options;
        _rows = new XmlRows(columns.Count, options);
        _shape = new XmlShape(options.Record, columns);
        _scanner = new XmlScanner(_window, _shape, _rows);
        _kept = new byte[_rows.Kept];
    }

    /// <summary>The bytes read so far, as they are on disk. Readable from any thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>The files that broke off. Readable from any thread.</summary>
    public IReadOnlyList<IncompleteFile> Incomplete => _incomplete;

    /// <summary>The columns that were met and not asked for. Readable from any thread.</summary>
    public IReadOnlyList<string> Extra => _shape.Extra;

    /// <summary>The columns that some record had; null when there was no record. To be read when no worker reads on.</summary>
    public IReadOnlyList<string>? Met => _rows.HasFound ? [.. _columns.Where((_, column) => _rows.HasMet(column))] : null;

    /// <summary>Reads the next block that has records.</summary>
    /// <param name="block">Filled with it.</param>
    /// <param name="cancellation">Looked at between two reads.</param>
    /// <returns>False when there are no more.</returns>
    public bool Read(XmlBlock block, CancellationToken cancellation)
    {
        while (true)
        {
            if (_input is null && !OpenNext())
            {
                return false;
            }

            if (!_broken && Fill(block, cancellation))
            {
                block.File = _file;
                block.FirstRow = _row;
                block.Sequence = _sequence++;
                _row += block.Rows;
                return true;
            }

            CloseFile();
        }
    }

    /// <summary>Starts again at the first file.</summary>
    public void Rewind()
    {
        _input?.Dispose();
        _input = null;
        _incomplete = [];
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

        XmlFile file = _files[++_file];
        _input = file.Start();
        _offset = file.Offset;
        _scanner.Reset();
        _place.Reset();
        _row = 1;
        _ended = false;
        _broken = false;
        _skipping = false;
        _illegal = false;
        Carry(default);
        return true;
    }

    private void CloseFile()
    {
        _bytesBefore += _input!.BytesRead;
        _input.Dispose();
        _input = null;
        if (!_broken && !_rows.HasBegun && _scanner.Outline.Names is { Count: > 0 } names)
        {
            string name = _files[_file].Name;
            string told = string.Join(", ", names.Take(MostTold)) + (names.Count > MostTold ? $" and {names.Count - MostTold} more" : "");
            string hint = DidYouMean.Nearest(_options.Record, names) is { } close ? $" (did you mean `{close}`?)" : "";
            throw new ReadException(
                ReadErrorKind.NoRecords, _source, name, $"{name}: the records are to be `{_options.Record}` elements{hint}, but there is none; the elements there are: {told}.");
        }
    }

    private bool Fill(XmlBlock block, CancellationToken cancellation)
    {
        block.Shrink();
        block.Clear();
        _rows.Use(block);
        _filled = _carried;
        int want = _filled < _options.BlockSize ? _options.BlockSize : _filled * 2;
        block.Reserve(want, 0);
        _carry.AsSpan(0, _filled).CopyTo(block.Bytes);
        while (true)
        {
            while (!_ended && _filled < want)
            {
                _filled += Take(block.Bytes.AsSpan(_filled, want - _filled), cancellation);
            }

            block.Clear();
            if (_window.Load(block.Bytes, _filled) is >= 0 and int illegal)
            {
                // Nothing of the file is looked at from there on.
                _filled = illegal;
                _ended = true;
                _illegal = true;
            }

            XmlOutcome outcome = _scanner.Scan();
            int cut = _scanner.Cut;
            Finding? fault = FindFault(outcome, cut);
            if (!_skipping && _window.HasWide)
            {
                fault = FindInvalid(block, outcome == XmlOutcome.Bad ? fault!.Value.At : cut) ?? fault;
            }

            if (fault is { } found)
            {
                return Break(block, found);
            }

            if (outcome == XmlOutcome.Skipped)
            {
                GiveSkipped(block, cut);
                return true;
            }

            if (block.Rows > 0)
            {
                block.Offset = _offset;
                block.Length = cut;
                LetGo(block.Bytes.AsSpan(0, cut));
                Carry(block.Bytes.AsSpan(cut, _filled - cut));
                return true;
            }

            if (_ended)
            {
                return false;
            }

            if (cut > 0)
            {
                LetGo(block.Bytes.AsSpan(0, cut));
                block.Bytes.AsSpan(cut, _filled - cut).CopyTo(block.Bytes);
                _filled -= cut;
            }
            else if (_filled > _options.RecordLimit && !_skipping && _scanner.WasInRecord)
            {
                Skip(block);
            }
            else
            {
                want = Math.Max(_filled * 2, want);
                block.Reserve(want, _filled);
            }
        }
    }

    /// <summary>Why the document is not well formed, if that is known by now.</summary>
    private Finding? FindFault(XmlOutcome outcome, int cut)
    {
        if (outcome == XmlOutcome.Bad)
        {
            if (ReferenceEquals(_window.Fault, XmlMarkup.TypeDeclaration) && !_scanner.HasRoot)
            {
                throw _files[_file].TypeRefused();
            }

            return new Finding(_window.FaultAt, _window.Fault);
        }

        if (outcome == XmlOutcome.Skipped)
        {
            return null;
        }

        if (_illegal)
        {
            return new Finding(_filled, "a character that XML does not allow, such as a control character");
        }

        return _ended && !(cut == _filled && _scanner.IsComplete) ? new Finding(_filled, _scanner.Unfinished) : null;
    }

    /// <summary>Marks the records that are not UTF-8; outside of them that is a fault of the file.</summary>
    private Finding? FindInvalid(XmlBlock block, int end)
    {
        end = _rows.IsOpen ? Math.Min(end, _rows.Start) : end;
        ReadOnlySpan<byte> bytes = block.Bytes.AsSpan(0, end);
        if (Utf8.IsValid(bytes))
        {
            return null;
        }

        int at = 0;
        for (int row = 0; row <= block.Rows; row++)
        {
            int next = row < block.Rows ? block.RecordStarts[row] : end;
            int invalid = XmlCharacters.FirstInvalid(bytes[at..next]);
            if (invalid >= 0)
            {
                block.Truncate(row);
                return new Finding(at + invalid, "what is not valid UTF-8");
            }

            if (row < block.Rows)
            {
                at = block.RecordEnds[row];
                if (block.Faults[row] is FaultCode.None or FaultCode.RepeatedField && !Utf8.IsValid(bytes[next..at]))
                {
                    block.Faults[row] = FaultCode.InvalidUtf8;
                }
            }
        }

        return null;
    }

    /// <summary>Ends the file with a fault; the records before it are given.</summary>
    private bool Break(XmlBlock block, Finding fault)
    {
        block.Offset = _offset;
        block.Length = block.Rows == 0 ? 0 : block.RecordEnds[^1];

        // What was noted of the record that the fault is in.
        block.Truncate(block.Rows);
        _place.Advance(block.Bytes.AsSpan(0, fault.At));
        _incomplete = [.. _incomplete, new IncompleteFile(_file, _place.Line, _place.Column, _offset + fault.At, fault.Reason)];
        _broken = true;
        return block.Rows > 0;
    }

    /// <summary>Takes the record that the buffer starts with for too long to be held.</summary>
    private void Skip(XmlBlock block)
    {
        _skipping = true;
        _skippedFrom = _offset;
        block.Bytes.AsSpan(0, _kept.Length).CopyTo(_kept);
        _scanner.Skip();
    }

    private void GiveSkipped(XmlBlock block, int cut)
    {
        LetGo(block.Bytes.AsSpan(0, cut));
        Carry(block.Bytes.AsSpan(cut, _filled - cut));
        _skipping = false;
        _kept.CopyTo(block.Bytes.AsSpan());
        block.Offset = _skippedFrom;
        block.Length = _kept.Length;
        block.Begin();
        block.Add(0, _kept.Length, _kept.Length, FaultCode.RecordTooLong);
    }

    private void LetGo(ReadOnlySpan<byte> bytes)
    {
        _place.Advance(bytes);
        _offset += bytes.Length;
        _scanner.IsAtStart &= bytes.IsEmpty;
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

    private readonly record struct Finding(int At, string Reason);
}
