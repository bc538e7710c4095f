using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>The rules of CSV once more, byte by byte over the whole input, as slow and as plain as can be.</summary>
internal sealed class ReferenceCsv(byte[] input, byte delimiter, int fieldLimit, int recordLimit)
{
    private readonly byte[] _input = input;
    private int _at;

    /// <summary>The records after the header, with all their fields.</summary>
    public List<CsvRecord> Records { get; } = [];

    /// <summary>How many fields the header has; 0 when there is no header.</summary>
    public int HeaderFields { get; private set; }

    /// <summary>What is wrong with the header.</summary>
    public FaultCode HeaderFault { get; private set; }

    public void Parse(IReadOnlyList<int> wanted)
    {
        if (_input.Length >= 3 && _input[0] == 0xEF && _input[1] == 0xBB && _input[2] == 0xBF)
        {
            _at = 3;
        }

        long row = 0;
        while (_at < _input.Length)
        {
            if (_input[_at] == '\n')
            {
                _at++;
                continue;
            }

            if (_input[_at] == '\r' && _at + 1 < _input.Length && _input[_at + 1] == '\n')
            {
                _at += 2;
                continue;
            }

            int start = _at;
            var fields = new List<string>();
            FaultCode fault = ReadFields(start, fields);
            int end = EndOfRaw(start);
            bool structural = fault != FaultCode.None;
            if (HeaderFields == 0)
            {
                HeaderFields = fields.Count;
                HeaderFault = fault;
                if (structural)
                {
                    return;
                }

                continue;
            }

            if (!structural)
            {
                fault = !IsUtf8(start, end) ? FaultCode.InvalidUtf8
                    : fields.Count < HeaderFields ? FaultCode.ShortRow
                    : fields.Count > HeaderFields ? FaultCode.LongRow
                    : FaultCode.None;
            }

            bool tooLong = fault is FaultCode.FieldTooLong or FaultCode.RecordTooLong
                || (fault == FaultCode.BadQuote && end - start > recordLimit);
            if (tooLong)
            {
                end = Math.Min(end, start + Math.Min(1024, recordLimit));
            }

            Records.Add(new CsvRecord(
                0, ++row, start, Text(start, end), fault, [.. wanted.Select(i => structural || i >= fields.Count ? null : fields[i])]));
        }
    }

    /// <summary>Leaves <see cref="_at"/> after the record's line end.</summary>
    private FaultCode ReadFields(int start, List<string> fields)
    {
        while (true)
        {
            int field = _at;
            FaultCode fault = Peek(_at) == '"' ? ReadQuoted(fields) : ReadPlain(fields);
            if (fault != FaultCode.None)
            {
                _at = field;
                SkipLine();
                return fault;
            }

            // Here _at stands at the delimiter, the LF, the CR of a CRLF, or the end.
            if (_at - start > recordLimit)
            {
                SkipLine();
                return FaultCode.RecordTooLong;
            }

            if (Peek(_at) == '\r')
            {
                _at++;
            }

            if (Peek(_at) == '\n')
            {
                _at++;
                return FaultCode.None;
            }

            if (_at == _input.Length)
            {
                return FaultCode.None;
            }

            _at++;
        }
    }

    private FaultCode ReadQuoted(List<string> fields)
    {
        int content = _at + 1;
        var text = new StringBuilder();
        _at = content;
        while (_at < _input.Length && _at - content <= fieldLimit)
        {
            if (_input[_at] != '"')
            {
                text.Append((char)_input[_at++]);
            }
            else if (Peek(_at + 1) == '"')
            {
                text.Append('"');
                _at += 2;
            }
            else
            {
                _at++;
                bool closed = Peek(_at) == delimiter || Peek(_at) == '\n' || Peek(_at) == -1
                    || (Peek(_at) == '\r' && Peek(_at + 1) == '\n');
                fields.Add(text.ToString());
                return closed ? FaultCode.None : FaultCode.BadQuote;
            }
        }

        return FaultCode.BadQuote;
    }

    private FaultCode ReadPlain(List<string> fields)
    {
        int from = _at;
        while (Peek(_at) != delimiter && Peek(_at) != '\n' && Peek(_at) != -1
            && !(Peek(_at) == '\r' && Peek(_at + 1) == '\n'))
        {
            _at++;
        }

        fields.Add(Text(from, _at));
        return _at - from > fieldLimit ? FaultCode.FieldTooLong : FaultCode.None;
    }

    private void SkipLine()
    {
        while (_at < _input.Length && _input[_at] != '\n')
        {
            _at++;
        }

        _at = Math.Min(_at + 1, _input.Length);
    }

    private int EndOfRaw(int start)
    {
        int end = _at;
        if (end > start && _input[end - 1] == '\n')
        {
            end--;
            if (end > start && _input[end - 1] == '\r')
            {
                end--;
            }
        }

        return end;
    }

    private bool IsUtf8(int start, int end)
    {
        try
        {
            new UTF8Encoding(false, true).GetCharCount(_input, start, end - start);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private int Peek(int at) => at < _input.Length ? _input[at] : -1;

    private string Text(int start, int end) => Encoding.Latin1.GetString(_input, start, end - start);
}
