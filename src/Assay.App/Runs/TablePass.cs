using Assay.Data;
using Assay.Measure;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// One pass over a table's source: workers take whole blocks of records, refine them and add the clean
/// rows to the KPIs. Nothing is shared but the source and the quarantine's file.
/// </summary>
internal sealed class TablePass
{
    /// <summary>Input of which tidying up first is no noticeable part: some 20 ms of reading.</summary>
    private const long LargeInput = 16 << 20;

    private readonly IRecordSource _source;
    private readonly CleaningPlan _plan;
    private readonly MeasureRun _measures;
    private readonly QuarantineWriter? _quarantine;
    private readonly RunProgress _progress;
    private readonly int _pass;
    private Exception? _failure;

    /// <param name="source">The source, at its start.</param>
    /// <param name="plan">How its records become rows.</param>
    /// <param name="measures">The KPIs.</param>
    /// <param name="pass">1 or 2.</param>
    /// <param name="quarantine">Takes the rejected records; null leaves them out (they were written in an earlier pass).</param>
    /// <param name="progress">Is told of each block.</param>
    public TablePass(
        IRecordSource source, CleaningPlan plan, MeasureRun measures, int pass, QuarantineWriter? quarantine, RunProgress progress)
    {
        _source = source;
        _plan = plan;
        _measures = measures;
        _pass = pass;
        _quarantine = quarantine;
        _progress = progress;
    }

    /// <summary>Runs the pass to its end.</summary>
    /// <param name="threads">How many workers.</param>
    /// <param name="cancellationToken">Stops the workers at their next block.</param>
    /// <returns>The books and quality figures.</returns>
    public TableQuality Run(int threads, CancellationToken cancellationToken)
    {
        if (_source.TotalBytes > LargeInput)
        {
            // What loading the pipeline left behind would stay resident beside the run's own memory.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var refiners = new Refiner[threads];
        var workers = new MeasureWorker[threads];
        var running = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            var texts = new TextPool();
            Refiner refiner = refiners[i] = new Refiner(_plan, texts);
            MeasureWorker worker = workers[i] = _measures.StartWorker(_pass, texts);
            running[i] = new Thread(() => Work(refiner, worker, stop)) { IsBackground = true, Name = $"assay worker {i + 1}" };
            running[i].Start();
        }

        foreach (Thread thread in running)
        {
            thread.Join();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        TableQuality quality = refiners[0].Quality;
        foreach (Refiner refiner in refiners.Skip(1))
        {
            quality.Merge(refiner.Quality);
        }

        _measures.EndPass(workers);
        return quality;
    }

    private void Work(Refiner refiner, MeasureWorker worker, CancellationTokenSource stop)
    {
        try
        {
            Refine(refiner, worker, stop.Token);
        }
        catch (Exception e)
        {
            // The first failure is the run's; those that follow from it are not.
            Interlocked.CompareExchange(ref _failure, e, null);
            _quarantine?.Fail(e);
            stop.Cancel();
        }
    }

    private void Refine(Refiner refiner, MeasureWorker worker, CancellationToken cancellationToken)
    {
        var rejects = new QuarantineRows(_plan, _source.Files);
        var buffer = new QuarantineBuffer();
        var fields = new FieldBatch(_plan.Fields.Count);
        IRecordCursor cursor = _source.OpenCursor();
        while (cursor.ReadBlock(cancellationToken))
        {
            long rows = 0;
            long rejected = 0;
            while (cursor.ReadBatch(fields))
            {
                RefinedBatch refined = refiner.Refine(fields);
                rows += fields.Count;
                rejected += refined.FaultyCount;
                if (_quarantine is not null)
                {
                    rejects.Add(fields, refined, buffer);
                }

                worker.Add(refined.Rows);
            }

            if (_quarantine is not null)
            {
                buffer = _quarantine.Append(cursor.Block, buffer);
            }

            _progress.Add(rows, _pass == 1 ? rejected : 0);
        }
    }
}
