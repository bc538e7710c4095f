namespace Assay.Read;

/// <summary>
/// Cuts a document's list of records after the last comma between two of them. What comes before the list and after
/// it is checked on the way.
/// </summary>
internal sealed class DocumentCutter(JsonInput input, JsonOptions options, string source, string file) : JsonCutter(input)
{
    private readonly JsonOptions _options = options;
    private readonly string _source = source;
    private readonly string _file = file;
    private readonly DocumentWalk _walk = new(options.Record is null ? [] : FieldPath.Parse(options.Record), options.RecordLimit);
    private readonly ElementScanner _scanner = ElementScanner.For(options.Width);
    private Phase _phase;
    private ElementState _state;
    private TextPlace _passed;
    private bool _hasText;
    private bool _isStuck;
    private bool _isFirst = true;
    private bool _isSingle;
    private string? _fault;

    private enum Phase
    {
        Walk,
        Records,
        Skip,
        Done,
    }

    /// <inheritdoc/>
    public override bool Cut(JsonBlock block, CancellationToken cancellation)
    {
        while (true)
        {
            switch (_phase)
            {
                case Phase.Walk:
                    Walk(block, cancellation);
                    break;
                case Phase.Records:
                    Split(block, cancellation);
                    return true;
                case Phase.Skip:
                    Skip(block, cancellation);
                    break;
                default:
                    Start(block);
                    block.Fault = _fault;
                    return false;
            }
        }
    }

    private void Walk(JsonBlock block, CancellationToken cancellation)
    {
        // A byte order mark is told by three bytes.
        int filled = Input.Begin(block, _options.BlockSize);
        Input.Fill(block, ref filled, Math.Max(_isStuck ? 2 * filled : _options.BlockSize, 3), cancellation);
        ReadOnlySpan<byte> text = block.Bytes.AsSpan(0, filled);
        if (!_hasText)
        {
            text = Begin(text);
            if (text.IsEmpty)
            {
                return;
            }
        }

        WalkOutcome outcome = _walk.Go(text, Input.Ended, out int used, out _fault);
        Pass(text[..used]);
        Input.Use(used, text[used..]);
        _isStuck = used == 0;
        switch (outcome)
        {
            case WalkOutcome.Records or WalkOutcome.Single:
                _isSingle = outcome == WalkOutcome.Single;
                _phase = Phase.Records;
                break;
            case WalkOutcome.Wrong:
                throw NoRecords($"{(_options.Record is null ? "the document" : "it")} is {_walk.Instead}");
            case WalkOutcome.End when !_walk.HasRecords:
                throw NoRecords(_walk.Names.Count == 0
                    ? "there is no such place: the object is empty"
                    : $"there is no such place; the names there are: {string.Join(", ", _walk.Names)}");
            case WalkOutcome.Fault or WalkOutcome.End:
                _phase = Phase.Done;
                break;
        }
    }

    /// <summary>Passes over a byte order mark and white space: without any text at all, the walk's reader sees a fault.</summary>
    private ReadOnlySpan<byte> Begin(ReadOnlySpan<byte> text)
    {
        int mark = Input.Offset == 0 ? MarkLength(text) : 0;
        text = text[mark..];
        int space = SpaceBefore(text);
        Pass(text[..space]);
        Input.Use(mark + space, default);
        _hasText = space < text.Length;
        return _hasText || !Input.Ended ? text[space..]
            : throw new ReadException(ReadErrorKind.Empty, _source, _file, $"{_file} is empty: a JSON document is needed.");
    }

    private void Split(JsonBlock block, CancellationToken cancellation)
    {
        int filled = Input.Begin(block, _options.BlockSize);
        int want = Math.Max(_options.BlockSize, filled);
        while (true)
        {
            Input.Fill(block, ref filled, want, cancellation);
            _state = default;
            ElementScan scan = _scanner.Scan(block.Bytes, _isSingle ? 1 : 0, filled, ref _state, first: false);
            if (scan.End >= 0)
            {
                End(block, filled, scan.End);
                return;
            }

            if (Input.Ended)
            {
                Give(block, filled, JsonBlockEnd.Broken, default);
                _phase = Phase.Done;
                return;
            }

            if (scan.Comma >= 0 && !_isSingle)
            {
                int length = scan.Comma + 1;
                Give(block, length, JsonBlockEnd.Comma, block.Bytes.AsSpan(length, filled - length));
                return;
            }

            ReadOnlySpan<byte> text = block.Bytes.AsSpan(0, filled);
            int space = SpaceBefore(text);
            if (text.TrimEnd(" \n\r\t"u8).Length - space > _options.RecordLimit)
            {
                Give(block, filled, JsonBlockEnd.LongRecord, default);
                _phase = Phase.Skip;
                return;
            }

            // There may be any amount of white space before a record.
            Pass(text[..space]);
            Input.Use(space, default);
            text[space..].CopyTo(block.Bytes);
            filled -= space;
            want = filled == want ? want * 2 : want;
        }
    }

    /// <summary>Gives the last records of the list.</summary>
    private void End(JsonBlock block, int filled, int end)
    {
        byte closer = block.Bytes[end];
        bool isRight = closer == (_isSingle ? '}' : ']');
        bool isIn = _isSingle || !isRight;
        Give(block, isIn ? end + 1 : end, isRight ? JsonBlockEnd.Closed : JsonBlockEnd.Broken, default);
        Pass(block.Bytes.AsSpan(end, isIn ? 0 : 1));
        Input.Use(isIn ? 0 : 1, block.Bytes.AsSpan(end + 1, filled - end - 1));
        Close(closer, isRight);
    }

    /// <summary>Passes over the rest of a record that is too long to hold.</summary>
    private void Skip(JsonBlock block, CancellationToken cancellation)
    {
        int filled = Input.Begin(block, _options.BlockSize);
        Input.Fill(block, ref filled, _options.BlockSize, cancellation);
        ElementScan scan = _scanner.Scan(block.Bytes, 0, filled, ref _state, first: true);
        while (_isSingle && scan.Comma >= 0)
        {
            _state = default;
            scan = _scanner.Scan(block.Bytes, scan.Comma + 1, filled, ref _state, first: true);
        }

        ReadOnlySpan<byte> text = block.Bytes.AsSpan(0, filled);
        if (scan.Comma >= 0)
        {
            Pass(text[..(scan.Comma + 1)]);
            Input.Use(scan.Comma + 1, text[(scan.Comma + 1)..]);
            _phase = Phase.Records;
        }
        else if (scan.End >= 0)
        {
            byte closer = text[scan.End];
            bool isRight = closer == (_isSingle ? '}' : ']');
            int used = scan.End + (isRight ? 1 : 0);
            Pass(text[..used]);
            Input.Use(used, text[used..]);
            Close(closer, isRight);
            _fault = isRight ? null : JsonFault.Words(JsonFault.NextRecord(_isSingle), closer);
        }
        else
        {
            Pass(text);
            Input.Use(filled, default);
            if (Input.Ended)
            {
                _phase = Phase.Done;
                _fault = JsonFault.Words(JsonFault.NextRecord(_isSingle), null);
            }
        }
    }

    private void Close(byte closer, bool isRight)
    {
        _phase = isRight ? Phase.Walk : Phase.Done;
        if (isRight)
        {
            _walk.Close(closer);
        }
    }

    private void Give(JsonBlock block, int length, JsonBlockEnd end, ReadOnlySpan<byte> rest)
    {
        Start(block);
        block.Length = length;
        block.End = end;
        block.IsFirst = _isFirst;
        block.IsSingle = _isSingle;
        _isFirst = false;
        Input.Use(length, rest);
    }

    private void Start(JsonBlock block)
    {
        block.Offset = Input.Offset;
        block.Before = _passed;
        _passed = default;
    }

    private void Pass(ReadOnlySpan<byte> text) => _passed = _passed.Then(TextPlace.Of(text));

    private static int SpaceBefore(ReadOnlySpan<byte> text) => text.Length - text.TrimStart(" \n\r\t"u8).Length;

    private ReadException NoRecords(string why) => new(
        ReadErrorKind.NoRecords,
        _source,
        _file,
        _options.Record is null
            ? $"{_file}: a list of objects, or an object, is needed, but {why}."
            : $"{_file}: the records are to be at `{_options.Record}`, but {why}.");
}
