using Assay.Data;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// One pass over a table's source: workers take whole blocks of records, refine them and hand on the clean
/// rows. Nothing is shared but the source and the quarantine's file.
/// </summary>
internal sealed class TablePass
{
    /// <summary>Input of which tidying up first is no noticeable part: some 20 ms of reading.</summary>
    private const long LargeInput = 16 << 20;

    private readonly IRecordSource _source;
    private readonly CleaningPlan _plan;
    private readonly IRowTarget _target;
    private readonly QuarantineWriter? _quarantine;
    private readonly RunProgress _progress;
    private readonly bool _countsRejects;
    private Exception? _failure;
    private long _blocks;

    /// <param name="source">The source, at its start; it was asked for the plan's fields, each once.</param>
    /// <param name="plan">How its records become rows.</param>
    /// <param name="target">Takes the clean rows.</param>
    /// <param name="quarantine">Takes the rejected records; null leaves them out (they were written in an earlier pass).</param>
    /// <param name="progress">Is told of each block.</param>
    /// <param name="countsRejects">Whether progress is told of rejects: in the first of several passes.</param>
    public TablePass(
        IRecordSource source, CleaningPlan plan, IRowTarget target, QuarantineWriter? quarantine, RunProgress progress, bool countsRejects = true)
    {
        _source = source;
        _plan = plan;
        _target = target;
        _quarantine = quarantine;
        _progress = progress;
        _countsRejects = countsRejects;
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

        var refiners = new Refiner[threads];
        var workers = new List<IRowTargetWorker>();
        try
        {
            for (int i = 0; i < threads; i++)
            {
                var texts = new TextPool();
                refiners[i] = new Refiner(_plan, texts);
                workers.Add(_target.Start(texts));
            }

            Work(refiners, workers, cancellationToken);
            TableQuality quality = refiners[0].Quality;
            foreach (Refiner refiner in refiners.Skip(1))
            {
                quality.Merge(refiner.Quality);
            }

            _target.End(workers);
            return quality;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private void Work(Refiner[] refiners, List<IRowTargetWorker> workers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Thread[] running =
        [
            .. workers.Select((worker, i) => new Thread(() => Work(refiners[i], worker, stop)) { IsBackground = true, Name = $"assay worker {i + 1}" }),
        ];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void Work(Refiner refiner, IRowTargetWorker worker, CancellationTokenSource stop)
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

    private void Refine(Refiner refiner, IRowTargetWorker worker, CancellationToken cancellationToken)
    {
        var rejects = new QuarantineRows(_plan, _source.Files);
        var buffer = new QuarantineBuffer();
        List<string> asked = [.. SourceLoad.FieldsOf([_plan])];
        var read = new FieldBatch(asked.Count);
        FieldBatch fields = asked.Count == _plan.Fields.Count ? read : read.View([.. _plan.Fields.Select(field => asked.IndexOf(field))]);
        IRecordCursor cursor = _source.OpenCursor();
        while (cursor.ReadBlock(cancellationToken))
        {
            long rows = 0;
            long rejected = 0;
            while (cursor.ReadBatch(read))
            {
                if (fields != read)
                {
                    // Several columns are made of one field.
                    fields.Follow(read);
                }

                RefinedBatch refined = refiner.Refine(fields);
                rows += fields.Count;
                rejected += refined.FaultyCount;
                if (_quarantine is not null)
                {
                    rejects.Add(fields, refined, buffer);
                }

                worker.Add(refined.Rows);
            }

            DropOutgrown();
            if (_quarantine is not null)
            {
                buffer = _quarantine.Append(cursor.Block, buffer);
            }

            _progress.Add(rows, _countsRejects ? rejected : 0);
        }
    }

    /// <summary>
    /// Buffers and tables find their size within the first blocks; what they outgrew would lie beside them until the middle
    /// generation has taken in several megabytes more, which is the peak of the whole run.
    /// </summary>
    private void DropOutgrown()
    {
        long blocks = Interlocked.Increment(ref _blocks);
        if (blocks is 4 or 8 or 16 or 32 && _source.TotalBytes > LargeInput)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        }
    }
}
