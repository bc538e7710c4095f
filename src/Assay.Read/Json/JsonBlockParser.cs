using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read;

/// <summary>A worker's step: finds the records of a block and their fields.</summary>
internal sealed class JsonBlockParser(IReadOnlyList<string> columns, JsonTable table, JsonOptions options)
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly JsonTable _table = table;
    private readonly JsonRecordReader _reader = new(columns, table, options);
    private readonly ElementScanner _scanner = ElementScanner.For(options.Width);
    private readonly int _recordLimit = options.RecordLimit;
    private readonly int _kept = options.Kept;

    /// <summary>What was found of the records.</summary>
    public JsonRecordReader Records => _reader;

    /// <summary>Finds the records.</summary>
    /// <param name="block">The block. Line ends in it may be overwritten.</param>
    /// <returns>Where the document could not be read on; null when it could.</returns>
    public JsonFault? Parse(JsonBlock block)
    {
        _table.Clear();
        _reader.Clear();
        if (block.IsFinal)
        {
            return null;
        }

        JsonFault? fault = null;
        block.Bytes[block.Length] = 0;
        bool isValid = Utf8.IsValid(block.Span);
        if (block.End == JsonBlockEnd.Line)
        {
            Lines(block);
        }
        else if (block.End == JsonBlockEnd.LongLine)
        {
            AddLong(0);
        }
        else
        {
            fault = Elements(block);
        }

        _reader.TakeEscapesOut(block);
        if (!isValid)
        {
            FindInvalid(block);
        }

        return fault;
    }

    private void Lines(JsonBlock block)
    {
        byte[] bytes = block.Bytes;
        for (int start = 0, next; start < block.Length; start = next)
        {
            int end = bytes.AsSpan(start, block.Length - start).IndexOf(Lf);
            end = end < 0 ? block.Length : start + end;
            next = end + 1;
            int length = end - start - (end > start && bytes[end - 1] == Cr ? 1 : 0);
            if (length > _recordLimit)
            {
                AddLong(start);
                continue;
            }

            bytes[end] = 0;
            int at = JsonSyntax.Space(ref bytes[0], start);
            if (at < end)
            {
                _reader.Read(bytes, at, end, out FaultCode fault);
                Add(start, length, fault);
            }
        }
    }

    private JsonFault? Elements(JsonBlock block)
    {
        byte[] bytes = block.Bytes;
        int length = block.Length;
        int at = JsonSyntax.Space(ref bytes[0], 0);
        if (at == length && block.IsFirst && block.End == JsonBlockEnd.Closed)
        {
            return null;
        }

        while (true)
        {
            if (at == length)
            {
                return block.End == JsonBlockEnd.Comma ? null : Fault(block, at, "a record");
            }

            int start = at;
            int end = _reader.Read(bytes, at, -1, out FaultCode fault);
            if (fault == FaultCode.RecordTooLong)
            {
                AddLong(start);
                if (block.End == JsonBlockEnd.LongRecord)
                {
                    return null;
                }

                at = Next(block, start);
            }
            else if (end < 0)
            {
                return Fault(block, ~end, _reader.Expected);
            }
            else
            {
                Add(start, end - start, fault);
                at = JsonSyntax.Space(ref bytes[0], end);
            }

            if (at == length && block.End == JsonBlockEnd.Closed)
            {
                return null;
            }

            if (at == length || bytes[at] != ',')
            {
                return Fault(block, at, JsonFault.NextRecord(block.IsSingle));
            }

            at = JsonSyntax.Space(ref bytes[0], at + 1);
        }
    }

    /// <summary>What follows a record that is too long to be looked into: a comma, what closes the list, or the block's end.</summary>
    private int Next(JsonBlock block, int start)
    {
        ElementState state = default;
        int at = block.IsSingle ? start + 1 : start;
        while (true)
        {
            ElementScan scan = _scanner.Scan(block.Bytes, at, block.Length, ref state, first: true);
            if (scan.Comma < 0)
            {
                // A closing brace that is right belongs to the single record.
                return scan.End < 0 || block.End == JsonBlockEnd.Closed ? block.Length : scan.End;
            }

            if (!block.IsSingle)
            {
                return scan.Comma;
            }

            at = scan.Comma + 1;
            state = default;
        }
    }

    private static JsonFault Fault(JsonBlock block, int at, string expected) => new(at, JsonFault.Words(
        expected,
        at < block.Length ? block.Bytes[at] : block.End == JsonBlockEnd.Closed ? (byte)']' : null));

    private void Add(int start, int length, FaultCode fault) =>
        _table.Add(start, fault == FaultCode.FieldTooLong ? Math.Min(length, _kept) : length, fault);

    private void AddLong(int start)
    {
        _table.Next();
        _table.Add(start, _kept, FaultCode.RecordTooLong);
    }

    private void FindInvalid(JsonBlock block)
    {
        for (int row = 0; row < _table.Rows; row++)
        {
            FieldPlace record = _table.Record(row);
            if (!Utf8.IsValid(block.Bytes.AsSpan(record.Start, record.Length)))
            {
                _table.Refuse(row, FaultCode.InvalidUtf8);
            }
        }
    }
}
