using System.Diagnostics;
using System.Runtime.CompilerServices;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.Measure;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// A run of a pipeline that keeps bronze and silver: new files are landed, refined and merged, the KPIs are computed
/// over all of silver, and everything becomes visible together, or not at all.
/// </summary>
internal sealed class LayeredRun
{
    private readonly PipelineDefinition _pipeline;
    private RunOptions _options;
    private readonly RunProgress _progress;
    private readonly Dictionary<string, CleaningPlan> _plans;
    private readonly string _runId;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<RunTiming> _timings = [];
    private long _stepStarted = Stopwatch.GetTimestamp();
    private bool _isCommitted;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="runId">The run's name.</param>
    /// <param name="startedAt">When it started.</param>
    public LayeredRun(PipelineDefinition pipeline, RunOptions options, RunProgress progress, string runId, DateTimeOffset startedAt)
    {
        _pipeline = pipeline;
        _options = options;
        _progress = progress;
        _runId = runId;
        _startedAt = startedAt;
        _plans = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);
    }

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Stops it; nothing has changed then.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ReadException">A source cannot be read.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    /// <exception cref="StoreException">Something cannot be written.</exception>
    /// <exception cref="CheckException">A check that is an error does not hold.</exception>
    /// <exception cref="RunException">The run cannot go on for another reason.</exception>
    public RunOutcome Execute(CancellationToken cancellationToken)
    {
        using PipelineLock held = PipelineLock.Take(_options.Home, _pipeline.Name, cancellationToken);
        using StateDatabase state = StateDatabase.Open(_options.Home, _options.FullRefresh);
        RuleChanges.Refuse(_pipeline, _options, state);
        state.Claim(_pipeline.Name, Owned(_pipeline));
        if (_options.TakesNoFiles && state.LoadedFiles(_pipeline.Name).Count == 0)
        {
            throw new RunException($"nothing of `{_pipeline.Name}` was loaded yet, so there is nothing to measure; load files first");
        }

        return _options.Engine.Kind is not null && _options.Until == Layer.Gold
            ? ExecuteIn(state, cancellationToken)
            : Execute(state, database: null, cancellationToken);
    }

    /// <summary>Runs it with a database. In methods of their own: databases are loaded only when they are used.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunOutcome ExecuteIn(StateDatabase state, CancellationToken cancellationToken)
    {
        using DatabaseRun database = DatabaseRun.Open(_options.Engine, _pipeline, _plans, _options, _progress, _runId, _startedAt, cancellationToken);
        try
        {
            return Execute(state, database, cancellationToken);
        }
        catch (Exception e)
        {
            database.Fail(e);
            throw;
        }
    }

    private RunOutcome Execute(StateDatabase state, DatabaseRun? database, CancellationToken cancellationToken)
    {
        foreach (TableDefinition table in _pipeline.Tables)
        {
            SilverFiles.Sweep(_options.Home, table.Name);
        }

        DateTimeOffset now = _options.Time.GetUtcNow();
        var batch = new BronzeBatch(
            _pipeline.Name, _runId, state.NextBatch(_pipeline.Name), now, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _pipeline.TimeZone).DateTime));
        var bronze = new BronzeStore(_options.Home);
        using var landing = new Landing(_pipeline, _options, _progress, state, bronze);
        IReadOnlyList<SourceFiles> given = landing.Land(batch, cancellationToken);
        if (landing.ReplacesSample)
        {
            _progress.Warn("the invented rows that were loaded before give way to the real ones given now");
            _options = _options with { FullRefresh = true };
        }

        EndStep("land");
        CheckFinding[] totals = [.. landing.Fetched.SelectMany(source => source.Check(_pipeline))];
        if (_options.Until == Layer.Bronze)
        {
            return Require(Outcome(given, [], totals, [], null, batch.Batch) with { Requests = Requests(landing) }, state, landing, batch);
        }

        ReplayPlan? replay = _options.Replay is null || given[0].Files.Count == 0
            ? null
            : ReplayPlan.Make(_options.Home, _pipeline, _plans, state.LoadedFiles(_pipeline.Name, given[0].Source.Name), given[0], cancellationToken);

        if (!_options.FullRefresh)
        {
            NewColumns.Warn(_pipeline, _options.Home, _plans, _progress, cancellationToken);
        }

        using SilverWorkspace workspace = SilverWorkspace.Open(_options.Home, _runId, _options.Threads, _options.MaxMemory ?? DefaultMemory());
        var loaded = new List<LoadedTable>();
        try
        {
            IReadOnlyList<LoadedFile> files = Load(given, workspace, batch, loaded, cancellationToken);
            EndStep("load");
            return Finish(given, landing, totals, loaded, files, replay, state, bronze, batch, database, cancellationToken);
        }
        catch when (!_isCommitted)
        {
            foreach (LoadedTable table in loaded)
            {
                SilverFiles.Discard(_options.Home, table.Change);
            }

            throw;
        }
    }

    /// <summary>What a pipeline alone may write.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>Its tables in silver and its sources in bronze.</returns>
    public static IReadOnlyList<OwnedName> Owned(PipelineDefinition pipeline) =>
    [
        .. pipeline.Tables.Select(table => new OwnedName(OwnedKind.Silver, table.Name)),
        .. pipeline.Sources.Select(source => new OwnedName(OwnedKind.Bronze, source.Name)),
    ];

    private IReadOnlyList<LoadedFile> Load(
        IReadOnlyList<SourceFiles> given, SilverWorkspace workspace, BronzeBatch batch, List<LoadedTable> loaded, CancellationToken cancellationToken)
    {
        var files = new List<IReadOnlyList<LoadedFile>>();
        foreach (SourceFiles source in given.Where(source => source.Files.Count > 0))
        {
            if (_pipeline.Tables.All(table => table.From != source.Source.Name))
            {
                // Its values may be needed by other sources, but it has no rows of its own.
                files.Add(new DerivedList<LoadedFile>(source.Files.Count, i => source.Files[i].Entry));
                continue;
            }

            (IReadOnlyList<LoadedTable> tables, IReadOnlyList<LoadedFile> read) =
                new TableLoads(_pipeline, _options, _progress, workspace, batch).Load(source, _plans, cancellationToken);
            loaded.AddRange(tables);
            files.Add(read);
        }

        foreach (TableQuality quality in loaded.Select(table => table.Quality).Where(quality => !quality.Balances))
        {
            throw new RunException($"the books of `{quality.Table}` do not balance: read {quality.Read}, accounted for "
                + $"{quality.Accepted + quality.Quarantined + quality.Deduplicated + quality.Filtered}; this is a bug in Assay");
        }

        return DerivedList<LoadedFile>.Join(files);
    }

    /// <summary>Measures, checks, and makes everything visible.</summary>
    private RunOutcome Finish(
        IReadOnlyList<SourceFiles> given,
        Landing landing,
        IReadOnlyList<CheckFinding> totals,
        List<LoadedTable> loaded,
        IReadOnlyList<LoadedFile> files,
        ReplayPlan? replay,
        StateDatabase state,
        BronzeStore bronze,
        BronzeBatch batch,
        DatabaseRun? database,
        CancellationToken cancellationToken)
    {
        var snapshots = _plans.Keys.ToDictionary(
            table => table,
            table => loaded.Find(one => one.Plan.Table.Name == table)?.Change.Staged ?? SilverSnapshot.Current(_options.Home, table),
            StringComparer.Ordinal);
        var measure = new SilverMeasure(_options, _progress, _plans, snapshots);
        bool isGold = _options.Until == Layer.Gold;
        using GoldStage? stage = isGold ? GoldStage.Begin(_options.Home, _pipeline.Name, _runId, cancellationToken) : null;
        LayerBooks? books = null;
        RunOutcome? outcome = null;
        if (database is null)
        {
            Conclude(isGold ? measure.Run(_pipeline.Kpis, cancellationToken) : []);
        }
        else
        {
            // First the database, which may refuse: silver and the files' gold are as they were then. Should the run end right
            // after it, the next one finds the database ahead, and brings it to silver again.
            TransactIn(database, snapshots, Conclude, cancellationToken);
        }

        state.Commit(new RunCommit
        {
            Pipeline = _pipeline.Name,
            RunId = _runId,
            Batch = batch.Batch,
            Kind = _options.FullRefresh ? BatchKind.Refresh : _options.Replay is not null ? BatchKind.Replay : BatchKind.Load,
            At = batch.At,
            Files = files,
            Books = books!.Entries,
            Rules = RefiningRules.Of(_pipeline),
            Checks = [.. outcome!.Checks.Select(Note)],
            Score = outcome.Score.Value,
            Extracts =
            [
                .. landing.Fetched.Select(source => new FinishedExtract(source.Owner, source.Extract.Id, source.Result.Watermark)
                {
                    ForgetsOthers = source.Source.Rest!.Incremental is not null,
                }),
            ],
            ForgottenBases = landing.ReplacesSample ? [SimulatedApi.Label] : [],
            Changes = [.. loaded.SelectMany(table => Pending(table.Change)), .. replay?.Resolve(_runId) ?? []],
        });

        // From here on the staged files are promised: should a step fail, whoever opens the state next does it.
        _isCommitted = true;
        state.ApplyPending();
        PublishedGold? gold = stage?.Publish(cancellationToken: CancellationToken.None);
        NoteRows(given, files, bronze);
        Prune(state, bronze, batch);
        EndStep("publish");
        return outcome with { GoldFolder = gold?.Folder, Timings = _timings, Elapsed = Stopwatch.GetElapsedTime(_started) };

        RunOutcome Conclude(IReadOnlyList<KpiResult> results)
        {
            EndStep("measure");
            books = LayerBooks.Of(state, _pipeline, loaded, _options.FullRefresh, replay);
            (IReadOnlyList<CheckFinding> findings, IReadOnlyList<CheckFinding> ofAll) =
                new LayerChecks(_pipeline, _options, measure, snapshots).Run(loaded, books.Cumulative, cancellationToken);
            EndStep("check");
            outcome = SchemaDrift.Judge(Outcome(given, loaded, [.. findings, .. totals], results, database?.AsOf ?? measure.AsOf, batch.Batch) with
            {
                Cumulative = books.Cumulative,
                ResultChecks = ofAll,
                Replayed = replay?.Runs,
                Database = database?.Notes,
                Requests = Requests(landing),
            }, _options.Home, _progress);
            Require(outcome, state, landing, batch);
            if (stage is not null)
            {
                PipelineRun.WriteGold(stage, outcome, withQuality: false);
                var rows = new SilverRowSource(_options.Home, _plans, snapshots, cancellationToken);
                OutputFiles.Write(stage, new OutputScope(outcome, _options, _startedAt, rows.Rows));
            }

            KeepPages(given, landing, files, batch);
            return outcome;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TransactIn(
        DatabaseRun database,
        IReadOnlyDictionary<string, SilverSnapshot> snapshots,
        Func<IReadOnlyList<KpiResult>, RunOutcome> check,
        CancellationToken cancellationToken)
    {
        SilverMirror mirror = database.Mirror(snapshots, cancellationToken);
        database.Transact(() => database.Take(mirror, cancellationToken), _pipeline.Kpis, check, cancellationToken);
    }

    /// <summary>Removes what bronze need not keep. That it could not be is no failure of a run whose results are published.</summary>
    private void Prune(StateDatabase state, BronzeStore bronze, BronzeBatch batch)
    {
        if (_pipeline.BronzeDays is not { } days)
        {
            return;
        }

        foreach (SourceDefinition source in _pipeline.Sources)
        {
            try
            {
                bronze.Prune(state, _pipeline.Name, source.Name, TimeSpan.FromDays(days), batch.At);
            }
            catch (StoreException e)
            {
                _progress.Warn($"bronze was not tidied up: {e.Message}");
            }
        }
    }

    private static IEnumerable<PendingChange> Pending(SilverChange change) =>
        change.Renames.Select(rename => PendingChange.Move(rename.From, rename.To)).Concat(change.Removals.Select(PendingChange.Remove));

    private static void NoteRows(IReadOnlyList<SourceFiles> given, IReadOnlyList<LoadedFile> files, BronzeStore bronze)
    {
        foreach (SourceFiles source in given)
        {
            LandedFile[] landed = [.. source.Given.Where(file => !file.IsSeen && !SourceFile.ArePages(source.Source, file.Format))];
            Dictionary<string, long> rows = landed.Length == 0 ? [] : files.Where(file => file.Source == source.Source.Name).ToDictionary(file => file.Sha256, file => file.Rows);
            Array.ForEach(landed, file => bronze.Complete(file, rows[file.Sha256]));
        }
    }

    /// <summary>Makes the new pages last, each with what is known of it, before silver depends on them.</summary>
    private void KeepPages(IReadOnlyList<SourceFiles> given, Landing landing, IReadOnlyList<LoadedFile> files, BronzeBatch batch)
    {
        if (landing.Fetched.Count == 0)
        {
            return;
        }

        foreach (SourceFiles source in given.Where(source => source.Source.Rest is not null))
        {
            // New pages are loaded in their order, after those that a rebuild loads again.
            IEnumerable<LandedFile> pages = source.Given.Where(file => !file.IsSeen);
            IEnumerable<LoadedFile> loaded = files.Where(file => file.Source == source.Source.Name).Skip(source.Files.Count - pages.Count());
            new BronzePages(_options.Home, source.Source.Name).Complete(LoadedPage.Pair(loaded, pages.Select(page => (page.Sha256, page.Origin))), batch);
        }
    }

    private static Dictionary<string, RunRequests> Requests(Landing landing) =>
        landing.Fetched.ToDictionary(source => source.Source.Name, source => source.Requests, StringComparer.Ordinal);

    /// <summary>Lets nothing become visible that a check forbids; what was found is noted all the same.</summary>
    private static RunOutcome Require(RunOutcome outcome, StateDatabase state, Landing landing, BronzeBatch batch)
    {
        if (outcome.BrokenChecks.Any(broken => !broken.IsWarning))
        {
            state.RecordChecks(batch.Pipeline, batch.RunId, batch.At, [.. outcome.Checks.Select(Note)], outcome.Score.Value);
            landing.Rest?.GiveUp();
        }

        return PipelineRun.Checked(outcome);
    }

    private static CheckOutcome Note(CheckFinding finding) => new(
        finding.Table, finding.Name, finding.IsWarning ? CheckSeverity.Warn : CheckSeverity.Error, finding.Holds, finding.Observed, finding.Expected);

    private RunOutcome Outcome(
        IReadOnlyList<SourceFiles> given,
        IReadOnlyList<LoadedTable> loaded,
        IReadOnlyList<CheckFinding> findings,
        IReadOnlyList<KpiResult> results,
        DateTime? asOf,
        long batch)
    {
        var ofTable = results.ToLookup(result => result.Definition.From, StringComparer.Ordinal);
        return new RunOutcome
        {
            Pipeline = _pipeline,
            RunId = _runId,
            Batch = batch,
            AsOf = asOf,
            Given = DerivedList<LandedFile>.Join(given.Select(source => source.Given)),
            Tables = [.. _pipeline.Tables.Select(table => Table(table, given, loaded, [.. ofTable[table.Name]]))],
            Checks = findings,
            Results = results,
            Bytes = loaded.Sum(table => table.Bytes),
            Elapsed = Stopwatch.GetElapsedTime(_started),
            Timings = _timings,
        };
    }

    private void EndStep(string name)
    {
        _timings.Add(new RunTiming(name, Math.Round(Stopwatch.GetElapsedTime(_stepStarted).TotalSeconds, 3)));
        _stepStarted = Stopwatch.GetTimestamp();
    }

    private TableOutcome Table(
        TableDefinition definition, IReadOnlyList<SourceFiles> given, IReadOnlyList<LoadedTable> loaded, IReadOnlyList<KpiResult> results)
    {
        CleaningPlan plan = _plans[definition.Name];
        LoadedTable? table = loaded.FirstOrDefault(one => one.Plan == plan);
        IReadOnlyList<RunInput> inputs = given.FirstOrDefault(source => source.Source.Name == definition.From)?.Inputs ?? [];
        return new TableOutcome(
            table?.Quality ?? new Refiner(plan, new Data.TextPool(), capacity: 1).Quality, plan, inputs, table?.ExtraColumns ?? [], results, table?.QuarantineFile)
        {
            UnknownFields = table?.UnknownFields ?? [],
            Silver = table is null ? null : new SilverRows(table.Change.Added, table.Change.Replaced, table.Change.Rows),
        };
    }

    /// <summary>A quarter of the machine's memory: what merging holds beside the files' cache and other programs.</summary>
    private static long DefaultMemory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
