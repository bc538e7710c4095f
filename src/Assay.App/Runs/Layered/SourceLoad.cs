using System.Runtime.ExceptionServices;
using Assay.Data;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>One pass over new files of a source, filling every table that is made of it. Workers take whole blocks of records.</summary>
internal sealed class SourceLoad
{
    private readonly IRecordSource _source;
    private readonly IReadOnlyList<TableLoad> _tables;
    private readonly IReadOnlyList<string> _files;
    private readonly int _firstFile;
    private readonly long _firstBlock;
    private readonly RecordsWriter? _records;
    private readonly RunProgress _progress;
    private readonly long[] _rows;
    private long _lastBlock;
    private Exception? _failure;

    /// <param name="source">The files.</param>
    /// <param name="tables">What is made of them, a parent before its lines.</param>
    /// <param name="files">The names of all files of the run, those of other parts too.</param>
    /// <param name="firstFile">The place of this source's first file among them.</param>
    /// <param name="firstBlock">How many blocks other parts of the run had.</param>
    /// <param name="records">Takes a copy of the raw records, or null.</param>
    /// <param name="progress">Is told of each block.</param>
    public SourceLoad(
        IRecordSource source,
        IReadOnlyList<TableLoad> tables,
        IReadOnlyList<string> files,
        int firstFile,
        long firstBlock,
        RecordsWriter? records,
        RunProgress progress)
    {
        _source = source;
        _tables = tables;
        _files = files;
        _firstFile = firstFile;
        _firstBlock = firstBlock;
        _lastBlock = firstBlock - 1;
        _records = records;
        _progress = progress;
        _rows = new long[source.Files.Count];
    }

    /// <summary>The records of each file.</summary>
    public IReadOnlyList<long> Rows => _rows;

    /// <summary>How many blocks the run had so far.</summary>
    public long NextBlock => _lastBlock + 1;

    /// <summary>Runs the pass to its end.</summary>
    /// <param name="threads">How many workers.</param>
    /// <param name="cancellationToken">Stops the workers at their next block.</param>
    public void Run(int threads, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = new List<TableWorker[]>();
        try
        {
            var running = new Thread[threads];
            for (int i = 0; i < threads; i++)
            {
                FieldBatch fields = _source.NewBatch();
                TableWorker[] own = [.. _tables.Select(table => new TableWorker(table, fields, Places(table), _files))];
                workers.Add(own);
                running[i] = new Thread(() => Work(fields, own, stop)) { IsBackground = true, Name = $"assay worker {i + 1}" };
            }

            Array.ForEach(running, thread => thread.Start());
            Array.ForEach(running, thread => thread.Join());
            cancellationToken.ThrowIfCancellationRequested();
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            foreach (TableWorker worker in workers.SelectMany(own => own))
            {
                worker.Complete();
            }

            foreach (TableLoad table in _tables)
            {
                table.EndPart(NextBlock);
            }
        }
        finally
        {
            foreach (TableWorker worker in workers.SelectMany(own => own))
            {
                worker.Dispose();
            }
        }
    }

    /// <summary>The fields that all tables of a source need, each once.</summary>
    public static IReadOnlyList<string> Fields(IEnumerable<TableLoad> tables) =>
        [.. tables.SelectMany(table => table.Plan.Fields).Distinct(StringComparer.Ordinal)];

    private int[] Places(TableLoad table) => [.. table.Plan.Fields.Select(field => _source.Columns.ToList().IndexOf(field))];

    private void Work(FieldBatch fields, TableWorker[] tables, CancellationTokenSource stop)
    {
        try
        {
            using RecordsAppender? records = _records?.OpenAppender();
            IRecordCursor cursor = _source.OpenCursor();
            while (cursor.ReadBlock(stop.Token))
            {
                ReadBlock(cursor, fields, tables, records);
            }

            records?.Complete();
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

    private void ReadBlock(IRecordCursor cursor, FieldBatch fields, TableWorker[] tables, RecordsAppender? records)
    {
        long rows = 0;
        long rejected = tables[0].Quarantined;
        while (cursor.ReadBatch(fields))
        {
            records?.Append(fields, _firstFile + fields.File);
            ReadOnlySpan<bool> refused = default;
            foreach (TableWorker table in tables)
            {
                ReadOnlySpan<bool> here = table.Add(fields, _firstFile, table.Load.Parent is null ? default : refused);
                refused = table.Load.Parent is null ? here : refused;
            }

            rows += fields.Count;
            Interlocked.Add(ref _rows[fields.File], fields.Count);
        }

        long block = _firstBlock + cursor.Block;
        foreach (TableWorker table in tables)
        {
            table.EndBlock(block);
        }

        Advance(block);
        _progress.Add(rows, tables[0].Quarantined - rejected);
    }

    private void Advance(long block)
    {
        long last = Interlocked.Read(ref _lastBlock);
        while (block > last)
        {
            long seen = Interlocked.CompareExchange(ref _lastBlock, block, last);
            last = seen == last ? block : seen;
        }
    }
}
