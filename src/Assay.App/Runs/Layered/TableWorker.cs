using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>One worker's share of a <see cref="TableLoad"/>: refines batches, finds repeated keys, stages what is good. The staged rows are the load's.</summary>
internal sealed class TableWorker
{
    private readonly TableLoad _load;
    private readonly Refiner _refiner;
    private readonly FieldBatch _view;
    private readonly QuarantineRows _rejects;
    private readonly SilverSink _silver;
    private readonly bool[] _keep;
    private readonly int[] _kept;
    private readonly bool[] _rejected;
    private readonly long[] _sequences;
    private readonly int _newest;
    private QuarantineBuffer _buffer = new();

    /// <param name="load">What it is a share of.</param>
    /// <param name="fields">The worker's records, with all fields of the source.</param>
    /// <param name="places">The places of the table's fields among them.</param>
    /// <param name="files">The names of the run's files.</param>
    public TableWorker(TableLoad load, FieldBatch fields, IReadOnlyList<int> places, IReadOnlyList<string> files)
    {
        _load = load;
        _refiner = new Refiner(load.Plan, new TextPool(), fields.Capacity);
        _view = fields.View(places);
        _rejects = new QuarantineRows(load.Plan, files);
        _silver = load.Silver.OpenSink();
        _keep = new bool[fields.Capacity];
        _kept = new int[fields.Capacity];
        _rejected = new bool[fields.Capacity];
        _sequences = new long[fields.Capacity];
        _newest = load.Plan.Table.Newest is { } newest ? load.Plan.Schema.IndexOf(newest) : -1;
    }

    /// <summary>The load that it is a share of.</summary>
    public TableLoad Load => _load;

    /// <summary>Takes in a batch of records.</summary>
    /// <param name="fields">The records.</param>
    /// <param name="file">The place of their file among the run's.</param>
    /// <param name="rejected">Which of them the parent table refused, or are passed over; empty when none is.</param>
    /// <param name="leftOut">Which of them are passed over, and so count nowhere; empty when none is.</param>
    /// <returns>Which of them are refused here, valid until the next batch.</returns>
    /// <exception cref="RunException">A value that tells which row is newest is too great to compare rows by.</exception>
    public ReadOnlySpan<bool> Add(FieldBatch fields, int file, ReadOnlySpan<bool> rejected, ReadOnlySpan<bool> leftOut)
    {
        _view.Follow(fields);
        _view.File = file;
        RefinedBatch refined = _refiner.Refine(_view, rejected);
        _rejects.Add(_view, refined, _buffer, leftOut);

        for (int row = 0; row < leftOut.Length; row++)
        {
            if (leftOut[row])
            {
                _refiner.Quality.LeaveOut(refined.RecordFault(row));
            }
        }

        RowBatch rows = refined.Rows;
        if (_newest >= 0 && rows.Columns[_newest].IsWide)
        {
            TableDefinition table = _load.Plan.Table;
            throw new RunException($"`{table.Newest}`, by which `{table.Name}` tells the newest row, has a value of more than 64 bits; divide or round it under `derive`");
        }

        refined.CopySequences(_sequences);
        ReadOnlySpan<long> sequences = _sequences.AsSpan(0, rows.Count);
        Span<bool> keep = _keep.AsSpan(0, rows.Count);
        keep.Fill(true);
        _load.Keys?.Add(rows, sequences, keep);
        int kept = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            _kept[kept] = row;
            kept += keep[row] ? 1 : 0;
        }

        _silver.Append(rows, sequences, _kept.AsSpan(0, kept));
        _rejected.AsSpan(0, fields.Count).Clear();
        for (int i = 0; i < refined.FaultyCount; i++)
        {
            _rejected[refined.FaultyRows[i]] = true;
        }

        return _rejected.AsSpan(0, fields.Count);
    }

    /// <summary>How many records were refused so far.</summary>
    public long Quarantined => _refiner.Quality.Quarantined;

    /// <summary>Hands in a block's rejected records.</summary>
    public void EndBlock(long block) => _buffer = _load.Append(block, _buffer);

    /// <summary>Adds the worker's books to the load's. Call it for one worker at a time.</summary>
    public void Complete()
    {
        _load.Quality.Merge(_refiner.Quality);
    }
}
