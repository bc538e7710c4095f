using System.Text;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read;

/// <summary>Reads a file's header and finds the needed columns in it.</summary>
internal sealed class CsvHeader
{
    /// <summary>Enough to see some hundred records when the delimiter is to be found out.</summary>
    private const int SampleSize = 64 * 1024;

    private readonly string _source;
    private readonly string _file;
    private readonly CsvOptions _options;
    private readonly IReadOnlyList<string> _columns;
    private readonly TextInput _input;
    private byte[] _bytes = new byte[SampleSize];
    private int _filled;
    private bool _ended;
    private long _dropped;
    private long _linesBefore;
    private int _next;

    private CsvHeader(TextInput input, string source, string file, IReadOnlyList<string> columns, CsvOptions options)
    {
        _input = input;
        _source = source;
        _file = file;
        _columns = columns;
        _options = options;
    }

    /// <summary>What the header says.</summary>
    public CsvLayout Layout { get; private set; } = new(0, 0, [], 0);

    /// <summary>It as it is written, without its line end.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The header's names that were not asked for, in its order.</summary>
    public IReadOnlyList<string> Extra { get; private set; } = [];

    /// <summary>The bytes that were read past the header.</summary>
    public ReadOnlyMemory<byte> Rest => _bytes.AsMemory(_next, _filled - _next);

    /// <summary>Reads the header.</summary>
    /// <param name="input">The file, at its start.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="columns">The columns that are needed.</param>
    /// <param name="options">How to read.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ReadException">There is none, it is not well formed, or columns are missing or there twice.</exception>
    public static CsvHeader Read(
        TextInput input, string source, string file, IReadOnlyList<string> columns, CsvOptions options)
    {
        var header = new CsvHeader(input, source, file, columns, options);
        header.Read();
        return header;
    }

    private void Read()
    {
        Fill();
        RefuseCarriageReturns();
        int at = _filled >= 3 && _bytes.AsSpan(0, 3).SequenceEqual("\uFEFF"u8) ? 3 : 0;
        byte? told = ToldDelimiter(_bytes.AsSpan(at, _filled - at));
        SkipLines(told is null ? _options.SkipLines : Math.Max(_options.SkipLines, 1), ref at);
        var scanner = new RecordScanner((byte)',', _options.FieldLimit, _options.RecordLimit);
        while (true)
        {
            ScannedRecord line = scanner.Scan(_bytes.AsSpan(0, _filled), at, _ended, null);
            if (line.Outcome == ScanOutcome.Blank)
            {
                at = line.Next;
            }
            else if (_ended && at == _filled)
            {
                throw Error(ReadErrorKind.Empty, $"{_file} is empty: a header with column names is needed.");
            }
            else if (_ended || at + 1 < _filled)
            {
                break;
            }
            else
            {
                Drop(ref at);
                Fill();
            }
        }

        byte delimiter = _options.Delimiter ?? told
            ?? DelimiterSniffer.Sniff(_bytes.AsSpan(at, _filled - at), _ended, _options.FieldLimit, _options.RecordLimit);
        Resolve(delimiter, at, Record(delimiter, at, out PositionList ends), ends);
    }

    /// <summary>The delimiter that a first line of <c>sep=;</c> tells, as spreadsheets understand it; null when there is none.</summary>
    private static byte? ToldDelimiter(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name = "sep="u8;
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? default : text[..end].TrimEnd((byte)'\r');
        return line.Length == name.Length + 1 && Ascii.EqualsIgnoreCase(line[..name.Length], name) && line[^1] is < 0x80 and not (byte)'"'
            ? line[^1]
            : null;
    }

    private void SkipLines(int lines, ref int at)
    {
        for (int left = lines; left > 0 && !(_ended && at == _filled);)
        {
            int lf = _bytes.AsSpan(at, _filled - at).IndexOf((byte)'\n');
            at = lf < 0 ? _filled : at + lf + 1;
            left -= lf < 0 ? 0 : 1;
            if (left == 0 || lf < 0)
            {
                Drop(ref at);
                Fill();
            }
        }
    }

    /// <summary>Refuses lines that end in CR alone: all of the file would be the header.</summary>
    private void RefuseCarriageReturns()
    {
        ReadOnlySpan<byte> text = _bytes.AsSpan(0, _filled);
        int first = text.IndexOfAny((byte)'\r', (byte)'\n', (byte)'"');
        if (first >= 0 && text[first] == (byte)'\r' && first + 1 < text.Length && !text.Contains((byte)'\n'))
        {
            throw Error(
                ReadErrorKind.BadHeader,
                $"{_file}: its lines end in CR alone, as on old Macs, which is not read; save it with LF or CRLF as line ends.",
                line: 1);
        }
    }

    private ScannedRecord Record(byte delimiter, int at, out PositionList ends)
    {
        var scanner = new RecordScanner(delimiter, _options.FieldLimit, _options.RecordLimit);
        ends = new PositionList(64);
        while (true)
        {
            ends.Truncate(0);
            ScannedRecord record = scanner.Scan(_bytes.AsSpan(0, _filled), at, _ended, ends);
            if (record.Fault != FaultCode.None)
            {
                string what = record.Fault switch
                {
                    FaultCode.BadQuote => "a quoted name is never closed, or goes on after its closing quote",
                    FaultCode.FieldTooLong => $"a name is longer than {_options.FieldLimit} bytes",
                    _ => $"it is longer than {_options.RecordLimit} bytes",
                };
                throw Error(ReadErrorKind.BadHeader, $"{_file}: the header cannot be read: {what}.", line: Line(at));
            }

            if (record.Outcome == ScanOutcome.Record)
            {
                return record;
            }

            Grow();
        }
    }

    private void Resolve(byte delimiter, int start, ScannedRecord record, PositionList ends)
    {
        if (!Utf8.IsValid(_bytes.AsSpan(start, record.Length)))
        {
            throw Error(
                ReadErrorKind.BadHeader,
                _input.Encoding == TextEncodingKind.Utf8
                    ? $"{_file}: the header is not valid UTF-8; if the file is of another encoding, say so: `encoding: windows-1252` (or `latin-1`, `utf-16`)."
                    : $"{_file}: the header is not valid UTF-16.",
                line: Line(start));
        }

        string[] names = new string[record.Fields];
        for (int i = 0, from = start; i < names.Length; from = ends.Items[i] + 1, i++)
        {
            names[i] = Name(_bytes.AsSpan(from, ends.Items[i] - from));
        }

        int[] ordinals = new int[_columns.Count];
        for (int i = 0; i < ordinals.Length; i++)
        {
            ordinals[i] = Array.IndexOf(names, _columns[i]);
            bool isTwice = ordinals[i] >= 0 && Array.LastIndexOf(names, _columns[i]) != ordinals[i];
            if ((ordinals[i] < 0 || isTwice) && _options.OptionalColumns.Contains(_columns[i]))
            {
                ordinals[i] = CsvLayout.Nowhere;
            }
            else if (isTwice)
            {
                throw Error(
                    ReadErrorKind.DuplicateColumn,
                    $"{_file}: column '{_columns[i]}' is in the header more than once; the header has: {List(names)}.",
                    _columns[i],
                    Line(start));
            }
        }

        if (ordinals.Contains(-1))
        {
            // UTF-16 without a mark passes for UTF-8: each of its letters for one, and a NUL.
            throw names.Any(name => name.Contains('\0', StringComparison.Ordinal))
                ? Error(ReadErrorKind.BadHeader, $"{_file}: the header has NUL characters; if the file is UTF-16, say so: `encoding: utf-16`.", line: Line(start))
                : Missing(names, start);
        }

        Extra = [.. names.Select((name, i) => name.Length == 0 ? $"(column {i + 1})" : name)
            .Where((_, i) => !ordinals.Contains(i))];
        Text = Encoding.UTF8.GetString(_bytes.AsSpan(start, record.Length));
        Layout = new CsvLayout(delimiter, record.Fields, ordinals, _dropped + record.Next);
        _next = record.Next;
    }

    private ReadException Missing(string[] names, int start)
    {
        string[] missing = [.. _columns.Except(_options.OptionalColumns).Where(column => !names.Contains(column, StringComparer.Ordinal))];
        IEnumerable<string> free = names.Where(name => !_columns.Contains(name, StringComparer.Ordinal));
        IEnumerable<string> told = missing.Select(column => DidYouMean.Nearest(column, free) is { } close
            ? $"'{column}' (did you mean '{close}'?)"
            : $"'{column}'");
        return Error(
            ReadErrorKind.MissingColumn,
            $"{_file}: missing column{(missing.Length == 1 ? "" : "s")} {string.Join(", ", told)}; the header has: {List(names)}.",
            missing[0],
            Line(start));
    }

    /// <summary>The names, short enough for a message whatever the file's first line is.</summary>
    private static string List(string[] names)
    {
        const int Most = 30;
        const int Longest = 40;
        IEnumerable<string> shown = names.Take(Most).Select(name => name.Length > Longest ? name[..Longest] + "…" : name);
        return string.Join(", ", shown) + (names.Length > Most ? $" and {names.Length - Most} more" : "");
    }

    /// <summary>A name without the spaces and the quotes around it, in whichever order they come.</summary>
    private static string Name(ReadOnlySpan<byte> raw)
    {
        string name = Encoding.UTF8.GetString(QuotedText.Of(raw)).Trim();
        return name.Length >= 2 && name[0] == '"' && name[^1] == '"' ? name[1..^1].Trim() : name;
    }

    private long Line(int at) => 1 + _linesBefore + _bytes.AsSpan(0, at).Count((byte)'\n');

    private ReadException Error(ReadErrorKind kind, string message, string? column = null, long? line = null) =>
        new(kind, _source, _file, message) { Column = column, Line = line };

    /// <summary>Lets go of blank lines, so that there may be any number of them.</summary>
    private void Drop(ref int at)
    {
        _linesBefore += _bytes.AsSpan(0, at).Count((byte)'\n');
        _bytes.AsSpan(at, _filled - at).CopyTo(_bytes);
        _dropped += at;
        _filled -= at;
        at = 0;
    }

    private void Grow()
    {
        Array.Resize(ref _bytes, _bytes.Length * 2);
        Fill();
    }

    private void Fill()
    {
        while (!_ended && _filled < _bytes.Length)
        {
            int read = _input.Read(_bytes.AsSpan(_filled));
            _filled += read;
            _ended = read == 0;
        }
    }
}
