using System.Runtime.CompilerServices;
using Assay.Data;

namespace Assay.Read;

/// <summary>Writes down records and their fields while the scanner finds them.</summary>
/// <param name="columns">How many columns are needed.</param>
/// <param name="options">How to read.</param>
internal sealed class XmlRows(int columns, XmlOptions options)
{
    private readonly int _fieldLimit = options.FieldLimit;
    private readonly int _recordLimit = options.RecordLimit;

    // By column, the last record that has it, and the last that has an attribute of its name which yields to an element.
    private readonly long[] _marks = new long[columns];
    private readonly long[] _yielding = new long[columns];
    private readonly bool[] _met = new bool[columns];
    private XmlBlock _block = new(columns, 0);
    private long _stamp;
    private int _start;
    private int _unmet = columns;
    private int _decodeBefore;
    private FaultCode _fault;

    /// <summary>The bytes of raw text kept of a record that has no fields.</summary>
    public int Kept { get; } = Math.Min(RecordScanner.KeptBytes, options.RecordLimit);

    /// <summary>Whether the scanner is in a record.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Where that record starts.</summary>
    public int Start => _start;

    /// <summary>Whether a record of the file was begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether any record of any file was found whole, and not too long.</summary>
    public bool HasFound { get; private set; }

    /// <summary>Starts with a file.</summary>
    public void Reset()
    {
        HasBegun = false;
        IsOpen = false;
    }

    /// <summary>Takes the block that records go to.</summary>
    /// <param name="block">The block.</param>
    public void Use(XmlBlock block) => _block = block;

    /// <summary>Whether any record of any file has a column.</summary>
    /// <param name="column">The column.</param>
    /// <returns>True when one has.</returns>
    public bool HasMet(int column) => _met[column];

    /// <summary>Begins a record.</summary>
    /// <param name="start">Where it starts.</param>
    public void Begin(int start)
    {
        _block.Begin();
        _decodeBefore = _block.ToDecode.Count;
        _start = start;
        _stamp++;
        _fault = FaultCode.None;
        HasBegun = true;
        IsOpen = true;
    }

    /// <summary>Forgets the record that was begun.</summary>
    public void Abandon()
    {
        IsOpen = false;
        ForgetDecoding();
    }

    /// <summary>Sets a field to an element's text.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">Where the element's content starts.</param>
    /// <param name="length">Its bytes; -1 when the element says that it has no value.</param>
    /// <param name="decode">Whether the text is not simply the content.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetElement(int column, int start, int length, bool decode)
    {
        if (_marks[column] == _stamp)
        {
            Repeated();
            return;
        }

        _marks[column] = _stamp;
        Set(column, start, length, decode, false);
    }

    /// <summary>Sets a field to an attribute's text.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">Where its value starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="decode">Whether the text is not simply the value.</param>
    /// <param name="yields">Whether an element of the same name goes first.</param>
    public void SetAttribute(int column, int start, int length, bool decode, bool yields)
    {
        long[] marks = yields ? _yielding : _marks;
        if (marks[column] == _stamp)
        {
            Repeated();
            return;
        }

        marks[column] = _stamp;
        if (!yields || _marks[column] != _stamp)
        {
            Set(column, start, length, decode, true);
        }
    }

    /// <summary>Ends the record.</summary>
    /// <param name="end">Where it ends.</param>
    public void Finish(int end)
    {
        int length = end - _start;
        int kept = length;
        if (length > _recordLimit)
        {
            _fault = FaultCode.RecordTooLong;
        }

        if (_fault is FaultCode.RecordTooLong or FaultCode.FieldTooLong)
        {
            kept = Math.Min(length, Kept);
            _block.ClearFields();
            ForgetDecoding();
        }
        else
        {
            HasFound = true;
            if (_unmet > 0)
            {
                Meet();
            }
        }

        _block.Add(_start, end, kept, _fault);
        IsOpen = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int column, int start, int length, bool decode, bool isAttribute)
    {
        int place = (_block.Rows * _block.Columns) + column;
        long field = XmlBlock.Field(start, length);
        _block.Fields[place] = field;
        if (length > _fieldLimit)
        {
            _fault = FaultCode.FieldTooLong;
        }

        if (decode)
        {
            _block.ToDecode.Add(new XmlFieldToDecode(place, field, isAttribute));
        }
    }

    private void Meet()
    {
        for (int column = 0; column < _met.Length; column++)
        {
            if (!_met[column] && (_marks[column] == _stamp || _yielding[column] == _stamp))
            {
                _met[column] = true;
                _unmet--;
            }
        }
    }

    private void Repeated()
    {
        if (_fault == FaultCode.None)
        {
            _fault = FaultCode.RepeatedField;
        }
    }

    private void ForgetDecoding() =>
        _block.ToDecode.RemoveRange(_decodeBefore, _block.ToDecode.Count - _decodeBefore);
}
