using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine;

/// <summary>What refining a batch of records came to: clean rows, and which records are to be quarantined. Valid until the next batch.</summary>
public sealed class RefinedBatch
{
    private readonly ColumnFaults _faults;
    private readonly FaultCode[] _derivedFaults;
    private FieldBatch? _fields;
    private bool _hasDerivedFaults;

    internal RefinedBatch(RowBatch rows, ColumnFaults faults, int capacity)
    {
        Rows = rows;
        _faults = faults;
        _derivedFaults = new FaultCode[capacity];
        FaultyRows = new int[capacity];
    }

    /// <summary>The clean rows.</summary>
    public RowBatch Rows { get; }

    /// <summary>How many records are to be quarantined.</summary>
    public int FaultyCount { get; private set; }

    /// <summary>Their numbers within the batch of records, ascending, in the first <see cref="FaultyCount"/> places.</summary>
    public int[] FaultyRows { get; }

    /// <summary>What is wrong with a record as a whole.</summary>
    /// <param name="row">The record's number within the batch.</param>
    /// <returns>The fault, or <see cref="FaultCode.None"/>.</returns>
    public FaultCode RecordFault(int row)
    {
        FaultCode structural = _fields is { HasFaults: true } ? _fields.Faults[row] : FaultCode.None;
        return structural != FaultCode.None || !_hasDerivedFaults ? structural : _derivedFaults[row];
    }

    /// <summary>What is wrong with one of a record's values.</summary>
    /// <param name="column">The column's place.</param>
    /// <param name="row">The record's number within the batch.</param>
    /// <returns>The fault, or <see cref="FaultCode.None"/>.</returns>
    public FaultCode ColumnFault(int column, int row) => _faults.Of(column, row);

    internal void Start(FieldBatch fields)
    {
        _fields = fields;
        FaultyCount = 0;
        if (_hasDerivedFaults)
        {
            Array.Clear(_derivedFaults);
            _hasDerivedFaults = false;
        }
    }

    internal void AddDerivedFault(int row)
    {
        _derivedFaults[row] = FaultCode.Overflow;
        _hasDerivedFaults = true;
        _faults.AddRecord(row);
    }

    internal void ListFaultyRows(int count)
    {
        if (!_faults.HasAny)
        {
            return;
        }

        for (int row = 0; row < count; row++)
        {
            if (_faults.Rows[row])
            {
                FaultyRows[FaultyCount++] = row;
            }
        }
    }
}
