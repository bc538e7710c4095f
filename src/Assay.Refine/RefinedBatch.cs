using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine;

/// <summary>What refining a batch of records came to: clean rows, and which records are to be quarantined. Valid until the next batch.</summary>
public sealed class RefinedBatch
{
    private readonly ColumnFaults _faults;
    private readonly FaultCode[] _recordFaults;
    private FieldBatch? _fields;
    private int[]? _records;
    private bool _hasRecordFaults;

    internal RefinedBatch(RowBatch rows, ColumnFaults faults, int capacity)
    {
        Rows = rows;
        _faults = faults;
        _recordFaults = new FaultCode[capacity];
        FaultyRows = new int[capacity];
    }

    /// <summary>The clean rows.</summary>
    public RowBatch Rows { get; }

    /// <summary>The record that a clean row was made of; ask before rows are taken out of <see cref="Rows"/>.</summary>
    /// <param name="row">The clean row, from 0.</param>
    /// <returns>The record's number within the batch of records.</returns>
    public int RecordOf(int row) => _records is null ? row : _records[row];

    /// <summary>Gives the places of the clean rows in the input; ask before rows are taken out of <see cref="Rows"/>.</summary>
    /// <param name="into">Gets a place a row, ascending, as <see cref="Sequences"/> makes them.</param>
    public void CopySequences(Span<long> into)
    {
        long first = Sequences.Of(_fields!.File, _fields.FirstRow);
        for (int row = 0; row < Rows.Count; row++)
        {
            into[row] = first + RecordOf(row);
        }
    }

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
        return structural != FaultCode.None || !_hasRecordFaults ? structural : _recordFaults[row];
    }

    /// <summary>What is wrong with one of a record's values.</summary>
    /// <param name="column">The column's place.</param>
    /// <param name="row">The record's number within the batch.</param>
    /// <returns>The fault, or <see cref="FaultCode.None"/>.</returns>
    public FaultCode ColumnFault(int column, int row) => _faults.Of(column, row);

    internal void Start(FieldBatch fields)
    {
        _fields = fields;
        _records = null;
        FaultyCount = 0;
        if (_hasRecordFaults)
        {
            Array.Clear(_recordFaults);
            _hasRecordFaults = false;
        }
    }

    /// <summary>Says which records the rows were made of; null when none was left out.</summary>
    internal void SetRecords(int[]? records) => _records = records;

    internal void AddRecordFault(int row, FaultCode code)
    {
        _recordFaults[row] = code;
        _hasRecordFaults = true;
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
