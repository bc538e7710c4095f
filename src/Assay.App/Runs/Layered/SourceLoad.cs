using System.Runtime.ExceptionServices;
using Assay.Data;
using Assay.Read;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Reads the new files of a source, one after the other, and fills every table that is made of it. Workers take
/// whole blocks of records; nothing is shared between them but the file, the keys and the quarantine.
/// </summary>
internal sealed class SourceLoad
{
    private readonly IReadOnlyList<TableLoad> _tables;
    private readonly FieldBatch[] _batches;
    private readonly TableWorker[][] _workers;
    private readonly bool[]?[] _masks;
    private readonly RunProgress _progress;
    private IReadOnlyList<IReadOnlySet<long>> _leftOut = [];
    private bool _leavesOut;
    private long _lastBlock = -1;
    private long[] _rows = [];
    private Exception? _failure;

    /// <param name="tables">What is made of the source, a parent right before its lines.</param>
    /// <param name="files">The names of the run's files of this source, in their order.</param>
    /// <param name="threads">How many workers.</param>
    /// <param name="progress">Is told of each block.</param>
    public SourceLoad(IReadOnlyList<TableLoad> tables, IReadOnlyList<string> files, int threads, RunProgress progress)
    {
        _tables = tables;
        _progress = progress;
        Fields = FieldsOf(tables.Select(table => table.Plan));
        _batches = [.. Enumerable.Range(0, threads).Select(_ => new FieldBatch(Fields.Count))];
        _masks = new bool[threads][];
        _workers = [.. _batches.Select(batch => tables.Select(table => new TableWorker(table, batch, Places(table), files)).ToArray())];
    }

    /// <summary>The fields that all the tables need, each once.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The fields that the tables of a source need together, each once.</summary>
    /// <param name="tables">The tables, in the pipeline's order.</param>
    public static IReadOnlyList<string> FieldsOf(IEnumerable<CleaningPlan> tables) =>
        [.. tables.SelectMany(table => table.Fields).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads files to their end.</summary>
    /// <param name="source">The files, asked for <see cref="Fields"/>.</param>
    /// <param name="file">The first one's place among the run's files of this source.</param>
    /// <param name="leftOut">By file, the numbers of records that are passed over, though they are copied.</param>
    /// <param name="records">Takes a copy of the raw records of a single file, or null.</param>
    /// <param name="cancellationToken">Stops the workers at their next block.</param>
    /// <returns>By file, the records read.</returns>
    /// <exception cref="ReadException">It cannot be read on.</exception>
    /// <exception cref="StoreException">Its records or rejects cannot be written.</exception>
    public IReadOnlyList<long> Read(
        IRecordSource source, int file, IReadOnlyList<IReadOnlySet<long>> leftOut, RecordsWriter? records, CancellationToken cancellationToken)
    {
        _leftOut = leftOut;
        _leavesOut = leftOut.Any(rows => rows.Count > 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long firstBlock = _lastBlock + 1;
        _rows = new long[source.Files.Count];
        Thread[] running =
        [
            .. Enumerable.Range(0, _workers.Length).Select(i => new Thread(() => Work(i, source, file, firstBlock, records, stop))
            {
                IsBackground = true,
                Name = $"assay worker {i + 1}",
            }),
        ];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        records?.Complete();
        return _rows;
    }

    /// <summary>Ends the load: each table gets its workers' books.</summary>
    public void Complete()
    {
        foreach (TableWorker worker in _workers.SelectMany(own => own))
        {
            worker.Complete();
        }

        foreach (TableLoad table in _tables)
        {
            table.EndBlocks(_lastBlock + 1);
        }
    }

    private int[] Places(TableLoad table)
    {
        List<string> fields = [.. Fields];
        return [.. table.Plan.Fields.Select(field => fields.IndexOf(field))];
    }

    private void Work(int worker, IRecordSource source, int file, long firstBlock, RecordsWriter? records, CancellationTokenSource stop)
    {
        try
        {
            using RecordsWorker? copy = records?.OpenWorker();
            IRecordCursor cursor = source.OpenCursor();
            while (cursor.ReadBlock(stop.Token))
            {
                ReadBlock(cursor, worker, file, firstBlock + cursor.Block, copy);
            }

            copy?.Finish();
        }
        catch (Exception e)
        {
            // The first failure is the run's; those that follow from it are not.
            Interlocked.CompareExchange(ref _failure, e, null);
            foreach (TableLoad table in _tables)
            {
                table.Fail(e);
            }

            stop.Cancel();
        }
    }

    private void ReadBlock(IRecordCursor cursor, int worker, int file, long block, RecordsWorker? copy)
    {
        FieldBatch fields = _batches[worker];
        TableWorker[] tables = _workers[worker];
        long rows = 0;
        long rejected = tables[0].Quarantined;
        while (cursor.ReadBatch(fields))
        {
            copy?.Append(fields);
            ReadOnlySpan<bool> leftOut = LeftOut(fields, worker);
            ReadOnlySpan<bool> ofParent = default;
            foreach (TableWorker table in tables)
            {
                bool isParent = table.Load.Parent is null;
                ReadOnlySpan<bool> refused = table.Add(fields, file + fields.File, isParent ? leftOut : ofParent, leftOut);
                ofParent = isParent ? refused : ofParent;
            }

            rows += fields.Count;
            Interlocked.Add(ref _rows[fields.File], fields.Count);
        }

        foreach (TableWorker table in tables)
        {
            table.EndBlock(block);
        }

        Reach(block);
        _progress.Add(rows, tables[0].Quarantined - rejected);
    }

    /// <summary>Which records of a batch are passed over; empty when none is.</summary>
    private ReadOnlySpan<bool> LeftOut(FieldBatch fields, int worker)
    {
        if (!_leavesOut)
        {
            return default;
        }

        IReadOnlySet<long> leftOut = _leftOut[fields.File];
        bool[] mask = _masks[worker] ??= new bool[fields.Capacity];
        for (int i = 0; i < fields.Count; i++)
        {
            mask[i] = leftOut.Contains(fields.FirstRow + i);
        }

        return mask.AsSpan(0, fields.Count);
    }

    private void Reach(long block)
    {
        long last = Interlocked.Read(ref _lastBlock);
        while (block > last)
        {
            long seen = Interlocked.CompareExchange(ref _lastBlock, block, last);
            last = seen == last ? block : seen;
        }
    }
}
