using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assay.Data;

namespace Assay.Read;

/// <summary>Finds the fields that are asked for in one record after another.</summary>
internal sealed class JsonRecordReader(IReadOnlyList<string> columns, JsonTable table, JsonOptions options)
{
    private readonly JsonNode _root = JsonNode.Of(columns, options.KnownFields);
    private readonly JsonTable _table = table;
    private readonly int _fieldLimit = options.FieldLimit;
    private readonly int _recordLimit = options.RecordLimit;
    private readonly JsonSyntax _syntax = new();
    private readonly List<(int Row, int Column)> _escaped = [];
    private readonly bool[] _met = new bool[columns.Count];
    private readonly List<int> _nulls = [];
    private readonly List<int> _freshRows = [];
    private readonly UnknownFields _unknownFields = options.UnknownFields;
    private readonly List<string> _unknown = [];
    private readonly Dictionary<string, int> _unknownCounts = new(StringComparer.Ordinal);
    private byte[] _name = new byte[64];
    private bool _isAllMet;
    private bool _isLong;
    private bool _isRepeated;
    private bool _isNoText;
    private bool _isUnknown;

    /// <summary>By column, whether a record that was an object as it should be had it, if only as null.</summary>
    public bool[] Met => _met;

    /// <summary>How many records were objects as they should be.</summary>
    public int Objects { get; private set; }

    /// <summary>Names of the records that were not asked for, and were not told before.</summary>
    public List<string> Fresh => _root.Names!.Fresh;

    /// <summary>For each of <see cref="Fresh"/>, the first row of the block that has it.</summary>
    public List<int> FreshRows => _freshRows;

    /// <summary>How many of the block's records have each of the unknown fields, when that is counted.</summary>
    public IReadOnlyDictionary<string, int> UnknownCounts => _unknownCounts;

    /// <summary>What could have stood where the last record was refused.</summary>
    public string Expected => _syntax.Expected;

    /// <summary>Starts a block.</summary>
    public void Clear()
    {
        _met.AsSpan().Clear();
        _isAllMet = false;
        _escaped.Clear();
        Fresh.Clear();
        _freshRows.Clear();
        _unknownCounts.Clear();
        Objects = 0;
    }

    /// <summary>Forgets what names were met, as a block was read that does not count.</summary>
    public void Forget() => _root.Names!.Forget();

    /// <summary>Reads a record's value, and its fields into the table's next row, which is not added yet.</summary>
    /// <param name="bytes">The block's bytes; a zero follows the text.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="line">Where its line ends, if nothing else may be on it; otherwise -1.</param>
    /// <param name="fault">What is wrong with it. <see cref="FaultCode.RecordTooLong"/> also when it is refused past the
    /// limit; it is not told of a line.</param>
    /// <returns>The place after it, or the complement of that of the first byte that cannot be.</returns>
    public int Read(byte[] bytes, int at, int line, out FaultCode fault)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(bytes);
        Span<FieldPlace> fields = _table.Next();
        _syntax.IsTooDeep = false;
        _isLong = false;
        _isRepeated = false;
        _isNoText = false;
        _isUnknown = false;
        _unknown.Clear();
        _nulls.Clear();
        int escaped = _escaped.Count;
        int fresh = Fresh.Count;
        bool isObject = Unsafe.Add(ref first, at) == '{';
        int end = isObject ? Object(ref first, at + 1, _root, 1, fields) : _syntax.Value(ref first, at, 0);
        if (end >= 0 && line >= 0 && JsonSyntax.Space(ref first, end) != line)
        {
            end = _syntax.Refuse(end, "the line's end");
        }

        bool isLongRecord = line < 0 && (end < 0 ? ~end : end - 1) - at >= _recordLimit;
        fault = isLongRecord ? FaultCode.RecordTooLong
            : !isObject || end < 0 || _syntax.IsTooDeep ? FaultCode.BadJson
            : _isLong ? FaultCode.FieldTooLong
            : _isNoText ? FaultCode.InvalidUtf8
            : _isRepeated ? FaultCode.RepeatedField
            : _isUnknown ? FaultCode.UnknownField
            : FaultCode.None;
        if (fault is FaultCode.BadJson or FaultCode.FieldTooLong or FaultCode.RecordTooLong)
        {
            fields.Fill(FieldPlace.Missing);
            _escaped.RemoveRange(escaped, _escaped.Count - escaped);
            if (isLongRecord && Fresh.Count > fresh)
            {
                // How far such a record was read says nothing, so what was met in it must not either.
                Fresh.RemoveRange(fresh, Fresh.Count - fresh);
                Forget();
            }
        }
        else
        {
            Objects++;
            if (!_isAllMet)
            {
                Meet(fields);
            }

            foreach (string name in _unknown)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_unknownCounts, name, out _)++;
            }
        }

        while (_freshRows.Count < Fresh.Count)
        {
            _freshRows.Add(_table.Rows);
        }

        return end;
    }

    /// <summary>Refuses a place between records.</summary>
    /// <param name="at">The place.</param>
    /// <param name="expected">What could have stood there.</param>
    /// <returns>The place's complement.</returns>
    public int Refuse(int at, string expected) => _syntax.Refuse(at, expected);

    /// <summary>
    /// Copies the texts of strings with escapes behind the block, without the escapes; their raw records must stay whole.
    /// </summary>
    /// <param name="block">The block.</param>
    public void TakeEscapesOut(JsonBlock block)
    {
        if (_escaped.Count == 0)
        {
            return;
        }

        block.ReserveTexts();
        byte[] bytes = block.Bytes;
        int used = block.Length + 1;
        foreach ((int row, int column) in _escaped)
        {
            ref FieldPlace field = ref _table.Fields(row)[column];
            int length = JsonText.Unescape(bytes.AsSpan(field.Start, field.Length), bytes.AsSpan(used), out bool isText);
            field = new FieldPlace(used, length);
            used += length;
            if (!isText)
            {
                _table.Refuse(row, FaultCode.InvalidUtf8);
            }
        }
    }

    private void Meet(Span<FieldPlace> fields)
    {
        foreach (int column in _nulls)
        {
            _met[column] = true;
        }

        for (int column = 0; column < fields.Length; column++)
        {
            _met[column] |= fields[column].Length >= 0;
        }

        _isAllMet = !_met.Contains(false);
    }

    private void MeetUnknown(JsonNames names, JsonName? name)
    {
        if (_unknownFields == UnknownFields.Refuse)
        {
            _isUnknown |= name is null ? names.IsUnremembered : name.Unknown is not null;
        }
        else if (name?.Unknown is { } counted)
        {
            _unknown.Add(counted);
        }
    }

    private int Object(ref byte bytes, int at, JsonNode node, int level, Span<FieldPlace> fields)
    {
        _syntax.IsTooDeep |= level > JsonSyntax.MostLevels;
        JsonNames names = node.Names!;
        JsonName before = names.Begin();
        at = JsonSyntax.Space(ref bytes, at);
        if (Unsafe.Add(ref bytes, at) == '}')
        {
            return at + 1;
        }

        while (true)
        {
            if (Unsafe.Add(ref bytes, at) != '"')
            {
                return _syntax.Refuse(at, "a name in quotes");
            }

            at++;
            bool repeated;
            JsonName? name = before.Next;
            if (name.IsAt(ref Unsafe.Add(ref bytes, at)))
            {
                at += name.QuotedLength;
                repeated = names.Meet(name);
                before = name;
            }
            else
            {
                int start = at;
                bool escaped = false;
                at = _syntax.String(ref bytes, at, ref escaped);
                if (at < 0)
                {
                    return at;
                }

                name = names.Meet(Text(ref bytes, start, at - 1 - start, escaped), out repeated);
                before.Next = name ?? before.Next;
                before = name ?? before;
            }

            at = _syntax.Colon(ref bytes, at);
            if (at < 0)
            {
                return at;
            }

            // Of a field that is there twice, the first counts.
            _isRepeated |= repeated;
            if (_unknownFields != UnknownFields.Tell && level == 1 && !repeated && name?.Node is null)
            {
                MeetUnknown(names, name);
            }

            at = repeated || name?.Node is not { } child
                ? _syntax.Value(ref bytes, at, level)
                : Value(ref bytes, at, child, level, fields);
            if (at < 0)
            {
                return at;
            }

            at = JsonSyntax.Space(ref bytes, at);
            byte next = Unsafe.Add(ref bytes, at);
            if (next != ',')
            {
                return next == '}' ? at + 1 : _syntax.Refuse(at, "`,` or `}`");
            }

            at = JsonSyntax.Space(ref bytes, at + 1);
        }
    }

    private int Value(ref byte bytes, int at, JsonNode node, int level, Span<FieldPlace> fields)
    {
        int start = at;
        byte first = Unsafe.Add(ref bytes, at);
        int column = node.Column;
        if (first == '"')
        {
            bool escaped = false;
            at = _syntax.String(ref bytes, at + 1, ref escaped);
            if (at >= 0 && column >= 0)
            {
                Set(fields, column, start + 1, at - start - 2);
                if (escaped)
                {
                    _escaped.Add((_table.Rows, column));
                }
            }

            return at;
        }

        if (first == 'n')
        {
            if (!_isAllMet)
            {
                _nulls.AddRange(node.Below);
            }

            return _syntax.Scalar(ref bytes, at);
        }

        at = first == '{' && node.Names is not null ? Object(ref bytes, at + 1, node, level + 1, fields)
            : first == '[' && node.HasElements ? List(ref bytes, at + 1, node, level + 1, fields)
            : _syntax.Value(ref bytes, at, level);
        if (at >= 0 && column >= 0)
        {
            Set(fields, column, start, at - start);
        }

        return at;
    }

    private int List(ref byte bytes, int at, JsonNode node, int level, Span<FieldPlace> fields)
    {
        _syntax.IsTooDeep |= level > JsonSyntax.MostLevels;
        at = JsonSyntax.Space(ref bytes, at);
        if (Unsafe.Add(ref bytes, at) == ']')
        {
            return at + 1;
        }

        for (int index = 0; ; index++)
        {
            at = node.Element(index) is { } element
                ? Value(ref bytes, at, element, level, fields)
                : _syntax.Value(ref bytes, at, level);
            if (at < 0)
            {
                return at;
            }

            at = JsonSyntax.Space(ref bytes, at);
            byte next = Unsafe.Add(ref bytes, at);
            if (next != ',')
            {
                return next == ']' ? at + 1 : _syntax.Refuse(at, "`,` or `]`");
            }

            at = JsonSyntax.Space(ref bytes, at + 1);
        }
    }

    private void Set(Span<FieldPlace> fields, int column, int start, int length)
    {
        fields[column] = new FieldPlace(start, length);
        _isLong |= length > _fieldLimit;
    }

    private ReadOnlySpan<byte> Text(ref byte bytes, int start, int length, bool escaped)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref bytes, start), length);
        if (!escaped)
        {
            return text;
        }

        if (_name.Length < length)
        {
            _name = new byte[length];
        }

        int written = JsonText.Unescape(text, _name, out bool isText);
        _isNoText |= !isText;
        return _name.AsSpan(0, written);
    }
}
