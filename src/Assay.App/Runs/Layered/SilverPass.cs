using System.Runtime.ExceptionServices;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>One pass over stored rows: workers take pieces of the files, and hand on their rows.</summary>
internal static class SilverPass
{
    /// <summary>The texts that a worker keeps: enough for the keys that tables are joined by, which are found once each then.</summary>
    private const int MostTexts = 1 << 20;

    /// <summary>Runs a pass to its end.</summary>
    /// <param name="scan">The files.</param>
    /// <param name="schema">The columns that it reads.</param>
    /// <param name="what">What people are told is going on.</param>
    /// <param name="target">Takes the rows.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told of the rows.</param>
    /// <param name="cancellationToken">Stops the workers at their next batch.</param>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public static void Run(
        SilverScan scan, Schema schema, string what, IRowTarget target, RunOptions options, RunProgress progress, CancellationToken cancellationToken)
    {
        progress.Begin(what, () => (0, null));
        TextPool[] texts = [.. Enumerable.Range(0, options.Threads).Select(_ => new TextPool(MostTexts))];
        var workers = new List<IRowTargetWorker>();
        Exception? failure = null;
        try
        {
            workers.AddRange(texts.Select(target.Start));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Thread[] running =
            [
                .. workers.Select((worker, i) => new Thread(() => Work(worker, texts[i], stop)) { IsBackground = true, Name = $"assay worker {i + 1}" }),
            ];
            Array.ForEach(running, thread => thread.Start());
            Array.ForEach(running, thread => thread.Join());
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is not null)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            target.End(workers);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }

        void Work(IRowTargetWorker worker, TextPool pool, CancellationTokenSource stop)
        {
            try
            {
                using SilverCursor cursor = scan.OpenCursor(pool, stop.Token);
                var rows = new RowBatch(schema, pool);
                while (cursor.Read(rows))
                {
                    worker.Add(rows);
                    progress.Add(rows.Count, 0);
                    pool.TrimIfLarge();
                }
            }
            catch (Exception e)
            {
                // The first failure is the run's; those that follow from it are not.
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel();
            }
        }
    }
}
