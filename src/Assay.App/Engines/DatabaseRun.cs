using System.Diagnostics;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>
/// A run's turn at a database: rows are staged, then one transaction takes them over, computes the KPIs over all rows,
/// and publishes the results. Until it is committed, readers see what the last run published.
/// </summary>
internal sealed class DatabaseRun : IDisposable
{
    /// <summary>How long is tried to note that a run failed: whoever waits for the run waits for that, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Engine _engine;
    private readonly EngineSession _session;
    private readonly EngineChoice _choice;
    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly RunProgress _progress;
    private readonly string _runId;
    private readonly DateTimeOffset _started;
    private readonly DatabaseMeasure _measure;
    private readonly List<(TableStage Stage, StageTarget Target)> _stages = [];
    private readonly List<TableLoadNote> _loads = [];
    private readonly List<RunTiming> _timings = [];
    private long _stepStarted = Stopwatch.GetTimestamp();
    private IReadOnlyList<OrphanNote> _orphans = [];
    private bool _isOver;

    private DatabaseRun(
        Engine engine, EngineSession session, EngineChoice choice, PipelineDefinition pipeline, EngineTables tables, RunOptions options, RunProgress progress, string runId, DateTimeOffset started)
    {
        _engine = engine;
        _session = session;
        _choice = choice;
        _pipeline = pipeline;
        Tables = tables;
        _options = options;
        _progress = progress;
        _runId = runId;
        _started = started;
        _measure = new DatabaseMeasure(tables, progress);
    }

    /// <summary>The pipeline's tables in the database.</summary>
    public EngineTables Tables { get; }

    /// <summary>How long its parts took.</summary>
    public IReadOnlyList<RunTiming> Timings => _timings;

    /// <summary>The latest moment that a KPI's window looked back from, or null.</summary>
    public DateTime? AsOf => _measure.AsOf;

    /// <summary>What people are told of it.</summary>
    public DatabaseNotes Notes => new(_choice, _session.Version, _loads, _orphans);

    /// <summary>Opens the database, waits for its turn and makes the tables that are missing. KPIs that the database cannot
    /// compute are told before.</summary>
    /// <param name="choice">The database.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="plans">Its tables, by name.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told how far the run has come.</param>
    /// <param name="runId">The run's name.</param>
    /// <param name="started">When it started.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SqlException">A KPI cannot be said in the database's dialect.</exception>
    /// <exception cref="EngineException">The database cannot be reached, or refuses.</exception>
    /// <exception cref="UsageException">Nothing says how it is reached.</exception>
    public static DatabaseRun Open(
        EngineChoice choice,
        PipelineDefinition pipeline,
        IReadOnlyDictionary<string, CleaningPlan> plans,
        RunOptions options,
        RunProgress progress,
        string runId,
        DateTimeOffset started,
        CancellationToken cancellationToken)
    {
        var tables = new EngineTables(pipeline, plans);
        var measure = new DatabaseMeasure(tables, progress);
        Engine engine = options.Connections!.Create(choice, progress.Notify, options.Time);
        EngineSession? session = null;
        try
        {
            foreach (KpiDefinition kpi in pipeline.Kpis)
            {
                measure.Prepare(kpi, engine.Dialect, options.AsOf);
            }

            progress.Begin(choice.Title, () => (0, null));
            session = engine.Open(pipeline.Name, cancellationToken);
            session.SetUp(tables.All, tables.Indexes, cancellationToken);
            EngineGold.Prepare(session, [.. pipeline.Kpis.Select(kpi => (kpi.Name, ResultOf(kpi, tables)))], cancellationToken);
            return new DatabaseRun(engine, session, choice, pipeline, tables, options, progress, runId, started);
        }
        catch
        {
            session?.Dispose();
            engine.Dispose();
            throw;
        }
    }

    /// <summary>The pipeline's tables that the database has, with those of its results.</summary>
    public IReadOnlyList<string> TableNames(CancellationToken cancellationToken) =>
        [.. EngineSchema.ListTables(_session, cancellationToken).Where(table => table.Owner == _pipeline.Name).Select(table => table.Name)];

    /// <summary>Makes a staging table for a table's rows.</summary>
    /// <param name="table">The table's name in the pipeline.</param>
    /// <param name="cancellationToken">Stops it, and the writing.</param>
    /// <returns>What takes the rows.</returns>
    public StageTarget Stage(string table, CancellationToken cancellationToken)
    {
        TableStage stage = _session.Stage(Tables.Of(table), Tables.Schemas[table], cancellationToken);
        var target = new StageTarget(stage);
        _stages.Add((stage, target));
        return target;
    }

    /// <summary>Takes the staged rows over, computes the KPIs over all rows, publishes them in the database, and makes everything
    /// visible together. After a deadlock, a serialization failure or a lost connection all of it is undone and done again: the
    /// staged rows are still there.</summary>
    /// <param name="take">Takes the rows over, by <see cref="ReplaceAll"/> or <see cref="Take"/>.</param>
    /// <param name="kpis">The KPIs, and what checks ask for.</param>
    /// <param name="check">Is given the results before they are published, and says what the run came to; when it throws, nothing has changed.
    /// It is asked once, since the same rows give the same results.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public void Transact(
        Action take, IReadOnlyList<KpiDefinition> kpis, Func<IReadOnlyList<KpiResult>, RunOutcome> check, CancellationToken cancellationToken)
    {
        EndStep("stage");
        RunOutcome? outcome = null;
        int steps = _timings.Count;
        _session.InTransaction(
            () =>
            {
                _loads.Clear();
                _timings.RemoveRange(steps, _timings.Count - steps);
                take();
                IReadOnlyList<KpiResult> results = _measure.Run(_session, kpis, _options.AsOf, cancellationToken);
                EndStep("measure");
                outcome ??= check(results);
                EngineGold.Publish(
                    _session,
                    _pipeline.Name,
                    _runId,
                    _options.Time.GetUtcNow(),
                    RunParameters.Json(_pipeline, AsOf),
                    [.. outcome.Results.Select(result => result.Table)],
                    cancellationToken);
                EngineRuns.Write(_session, Ended(RunStatus.Completed) with { Books = outcome.Books }, cancellationToken);
            },
            cancellationToken);
        EndStep("publish");
    }

    /// <summary>Makes the staged rows those of their tables; part of <see cref="Transact"/>.</summary>
    public void ReplaceAll(CancellationToken cancellationToken)
    {
        foreach ((TableStage stage, StageTarget target) in _stages)
        {
            _progress.Begin($"{_choice.Title}: {stage.Table.Name}", () => (0, null));
            _session.Replace(stage, cancellationToken);

            // Should the table have mirrored silver before, it does so no longer.
            EngineParts.Write(_session, stage.Table.Name, new Dictionary<string, string>(), cancellationToken);
            _loads.Add(new TableLoadNote(stage.Table.Name, target.Rows, null));
        }

        Link(cancellationToken);
    }

    /// <summary>Brings the tables to what silver holds: only the parts that differ are written; part of <see cref="Transact"/>.</summary>
    /// <param name="mirror">What differs, staged already.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Take(SilverMirror mirror, CancellationToken cancellationToken)
    {
        _loads.AddRange(mirror.Take(_session, cancellationToken));
        Link(cancellationToken);
    }

    /// <summary>Stages what differs between the tables and silver.</summary>
    /// <param name="snapshots">The files of silver, by table.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is to be taken.</returns>
    public SilverMirror Mirror(IReadOnlyDictionary<string, SilverSnapshot> snapshots, CancellationToken cancellationToken)
    {
        var mirror = new SilverMirror(Tables, _options, _progress);
        mirror.Stage(_session, snapshots, cancellationToken);
        return mirror;
    }

    /// <summary>Undoes what is not committed, and notes that the run failed, as far as the database can be reached. The session is over then.</summary>
    /// <param name="cause">Why it failed; that is what matters, so what goes wrong here is only told.</param>
    public void Fail(Exception cause)
    {
        using var patience = new CancellationTokenSource(Patience, _options.Time);
        try
        {
            EndSession();
            using Engine engine = _options.Connections!.Create(_choice, _ => { }, _options.Time, retries: 0);
            using EngineSession session = engine.Open(_pipeline.Name, patience.Token);
            EngineRuns.Write(session, Ended(RunRecord.StatusOf(cause)), patience.Token);
        }
        catch (Exception e) when (cause is EngineException && e is (EngineException or OperationCanceledException))
        {
            // The database failed the run itself, and that is what is told.
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            _progress.Warn($"{_choice.Title} was not told that the run failed: {(e is EngineException ? e.Message : "it did not answer in time")}");
        }
    }

    public void Dispose()
    {
        EndSession();
        _engine.Dispose();
    }

    private void EndSession()
    {
        if (!_isOver)
        {
            _isOver = true;
            _session.Dispose();
        }
    }

    private EngineRun Ended(RunStatus status) => new()
    {
        RunId = _runId,
        Pipeline = _pipeline.Name,
        Engine = _choice.Name,
        Started = _started,
        Finished = _options.Time.GetUtcNow(),
        Status = status,
    };

    private static Schema ResultOf(KpiDefinition kpi, EngineTables tables) => KpiPlan.Create(kpi, tables.Schemas[kpi.From], tables.Schemas).Result;

    private void Link(CancellationToken cancellationToken)
    {
        _orphans = [.. EngineReferences.Link(_session, Tables.All, cancellationToken).Where(linked => linked.Orphans > 0)
            .Select(linked => new OrphanNote(linked.Table, linked.Reference.From, linked.Reference.Table, linked.Orphans))];
        EndStep("take over");
    }

    private void EndStep(string name)
    {
        _timings.Add(new RunTiming(name, Math.Round(Stopwatch.GetElapsedTime(_stepStarted).TotalSeconds, 3)));
        _stepStarted = Stopwatch.GetTimestamp();
    }
}
