using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>What is wrong with the rows of one batch, by column.</summary>
internal sealed class ColumnFaults
{
    private readonly FaultCode[][] _codes;
    private readonly bool[] _any;

    public ColumnFaults(int columns, int capacity)
    {
        _codes = new FaultCode[columns][];
        for (int i = 0; i < columns; i++)
        {
            _codes[i] = new FaultCode[capacity];
        }

        _any = new bool[columns];
        Rows = new bool[capacity];
    }

    /// <summary>Whether a row has any fault.</summary>
    public bool[] Rows { get; }

    public bool HasAny { get; private set; }

    public void Clear(int count)
    {
        if (HasAny)
        {
            Array.Clear(Rows, 0, count);
            HasAny = false;
        }

        for (int i = 0; i < _any.Length; i++)
        {
            if (_any[i])
            {
                Array.Clear(_codes[i], 0, count);
                _any[i] = false;
            }
        }
    }

    /// <summary>Marks a whole record as faulty; no column is to blame.</summary>
    public void AddRecord(int row)
    {
        Rows[row] = true;
        HasAny = true;
    }

    /// <summary>Notes a fault; the first of a column stands.</summary>
    public void Add(int column, int row, FaultCode code)
    {
        if (_codes[column][row] == FaultCode.None)
        {
            _codes[column][row] = code;
        }

        _any[column] = true;
        Rows[row] = true;
        HasAny = true;
    }

    public bool HasColumn(int column) => _any[column];

    public FaultCode Of(int column, int row) => _any[column] ? _codes[column][row] : FaultCode.None;
}
