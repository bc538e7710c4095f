using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>Finds what runs set aside, and tells which of it counts today.</summary>
internal sealed class QuarantineLog : IDisposable
{
    private readonly AssayHome _home;
    private readonly StateDatabase? _state;
    private readonly Dictionary<string, RunManifest?> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<RunBatch>> _batches = new(StringComparer.Ordinal);

    /// <param name="home">Where the data is kept.</param>
    /// <exception cref="StoreException">The state cannot be read.</exception>
    public QuarantineLog(AssayHome home)
    {
        _home = home;
        _state = StateDatabase.OpenToRead(home);
    }

    /// <summary>All that was set aside, the newest run first, then by table.</summary>
    /// <exception cref="StoreException">A list of replayed rows cannot be read.</exception>
    public IEnumerable<QuarantinedRun> All() =>
        from found in QuarantineFolder.Tables(_home).SelectMany(table => QuarantineFolder.Runs(_home, table).Select(run => (Table: table, RunId: run)))
        orderby found.RunId descending
        let run = Manifest(found.RunId)
        select new QuarantinedRun(_home, found.Table, found.RunId, run, Standing(run?.Pipeline, found.RunId));

    /// <summary>What runs of a pipeline set aside, the newest first, then by table in the pipeline's order.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="StoreException">A list of replayed rows cannot be read.</exception>
    public IEnumerable<QuarantinedRun> Of(PipelineDefinition pipeline) =>
        from found in pipeline.Tables.SelectMany(table => QuarantineFolder.Runs(_home, table.Name).Select(run => (Table: table.Name, RunId: run)))
        orderby found.RunId descending
        let run = Manifest(found.RunId)
        where run is null || run.Pipeline == pipeline.Name
        select new QuarantinedRun(_home, found.Table, found.RunId, run, Standing(pipeline.Name, found.RunId));

    /// <summary>Those of a pipeline's that a command is about.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">One table of it; null for all.</param>
    /// <param name="run">A run, or <c>latest</c> for the newest that set something aside; null for all whose rows count.</param>
    /// <returns>What they set aside, the oldest run first, then by table in the pipeline's order.</returns>
    /// <exception cref="UsageException">There is no such table or run.</exception>
    /// <exception cref="StoreException">A list of replayed rows cannot be read.</exception>
    public IReadOnlyList<QuarantinedRun> Select(PipelineDefinition pipeline, string? table, string? run)
    {
        if (table is not null && pipeline.Tables.All(known => known.Name != table))
        {
            throw new UsageException($"`{pipeline.Name}` has no table `{table}`; it has {string.Join(", ", pipeline.Tables.Select(known => known.Name))}");
        }

        QuarantinedRun[] found = [.. Of(pipeline).Where(one => table is null || one.Table == table)];
        string? id = run == Latest ? found.FirstOrDefault()?.RunId : run;
        if (run is not null && run != Latest && found.All(one => one.RunId != run))
        {
            throw new UsageException($"run `{run}` set no rows of `{table ?? pipeline.Name}` aside; see: assay quarantine list {pipeline.Name}");
        }

        return
        [
            .. found.Where(one => run is null ? one.Standing == QuarantineStanding.Counts : one.RunId == id)
                .OrderBy(one => one.RunId, StringComparer.Ordinal),
        ];
    }

    public void Dispose() => _state?.Dispose();

    /// <summary>The word that stands for the newest run.</summary>
    public const string Latest = "latest";

    private RunManifest? Manifest(string runId)
    {
        if (!_runs.TryGetValue(runId, out RunManifest? run))
        {
            try
            {
                run = RunHistory.Find(_home, runId);
            }
            catch (StoreException e)
            {
                Console.Error.WriteLine($"warning: {e.Message}");
            }

            _runs[runId] = run;
        }

        return run;
    }

    private QuarantineStanding Standing(string? pipeline, string runId)
    {
        if (pipeline is null)
        {
            return QuarantineStanding.Unpublished;
        }

        if (!_batches.TryGetValue(pipeline, out IReadOnlyList<RunBatch>? batches))
        {
            _batches[pipeline] = batches = _state?.Batches(pipeline) ?? [];
        }

        bool isCurrent = batches.Count > 0
            ? batches.Any(batch => batch.RunId == runId && batch.Batch >= LastRefresh(batches))
            : Path.GetFileName(_home.CurrentGold(pipeline)) == runId;
        bool isDone = batches.Any(batch => batch.RunId == runId) || Manifest(runId)?.Status == RunStatus.Completed;
        return isCurrent ? QuarantineStanding.Counts : isDone ? QuarantineStanding.Replaced : QuarantineStanding.Unpublished;
    }

    private static long LastRefresh(IReadOnlyList<RunBatch> batches) =>
        batches.LastOrDefault(batch => batch.Kind == BatchKind.Refresh)?.Batch ?? 0;
}
