using Assay.Data;

namespace Assay.Read;

/// <summary>Where the records of a block lie, and their fields.</summary>
internal sealed class JsonTable(int columns)
{
    private readonly int _columns = columns;
    private int[] _starts = new int[256];
    private int[] _lengths = new int[256];
    private FaultCode[] _faults = new FaultCode[256];
    private FieldPlace[] _fields = new FieldPlace[256 * columns];
    private bool _hasFaults;

    /// <summary>How many records there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        Rows = 0;
        _hasFaults = false;
    }

    /// <summary>The fields of the next record, all missing until they are set.</summary>
    /// <returns>One place for each column.</returns>
    public Span<FieldPlace> Next()
    {
        if (Rows == _starts.Length)
        {
            int more = Rows * 2;
            Array.Resize(ref _starts, more);
            Array.Resize(ref _lengths, more);
            Array.Resize(ref _faults, more);
            Array.Resize(ref _fields, more * _columns);
        }

        Span<FieldPlace> fields = Fields(Rows);
        fields.Fill(FieldPlace.Missing);
        return fields;
    }

    /// <summary>The fields of a record.</summary>
    /// <param name="row">Which.</param>
    /// <returns>One place for each column.</returns>
    public Span<FieldPlace> Fields(int row) => _fields.AsSpan(row * _columns, _columns);

    /// <summary>Adds the record whose fields are those of <see cref="Next"/>.</summary>
    /// <param name="start">Where it starts in the block.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="fault">What is wrong with it.</param>
    public void Add(int start, int length, FaultCode fault)
    {
        _starts[Rows] = start;
        _lengths[Rows] = length;
        _faults[Rows++] = fault;
        _hasFaults |= fault != FaultCode.None;
    }

    /// <summary>Says what is wrong with a record that was added, if nothing worse is.</summary>
    /// <param name="row">Which.</param>
    /// <param name="fault">What is wrong with it.</param>
    public void Refuse(int row, FaultCode fault)
    {
        if (_faults[row] is FaultCode.None or FaultCode.RepeatedField or FaultCode.UnknownField)
        {
            _faults[row] = fault;
            _hasFaults = true;
        }
    }

    /// <summary>Where a record lies.</summary>
    /// <param name="row">Which.</param>
    /// <returns>Its place in the block.</returns>
    public FieldPlace Record(int row) => new(_starts[row], _lengths[row]);

    /// <summary>Writes records to a batch.</summary>
    /// <param name="batch">The batch; its records, faults and fields are written.</param>
    /// <param name="first">The first record to write.</param>
    /// <param name="count">How many.</param>
    public void Write(FieldBatch batch, int first, int count)
    {
        _starts.AsSpan(first, count).CopyTo(batch.RecordStarts);
        _lengths.AsSpan(first, count).CopyTo(batch.RecordLengths);
        batch.HasFaults = _hasFaults && _faults.AsSpan(first, count).ContainsAnyExcept(FaultCode.None);
        if (batch.HasFaults)
        {
            _faults.AsSpan(first, count).CopyTo(batch.Faults);
        }

        for (int column = 0; column < _columns; column++)
        {
            int[] starts = batch.Starts[column];
            int[] lengths = batch.Lengths[column];
            for (int i = 0, at = (first * _columns) + column; i < count; i++, at += _columns)
            {
                starts[i] = _fields[at].Start;
                lengths[i] = _fields[at].Length;
            }
        }
    }
}
