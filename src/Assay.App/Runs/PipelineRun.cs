using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
/// A run of a pipeline: sources through refining and measuring to published gold. Everything is written
/// beside what is published, and swapped in at the end, when the books balance.
/// </summary>
internal sealed class PipelineRun
{
    /// <summary>Below this many rows of results, threads would take longer to start than to write them.</summary>
    private const int ManyRows = 10_000;

    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly RunProgress _progress;
    private readonly Dictionary<string, CleaningPlan> _tables;
    private readonly Dictionary<string, KpiPlan> _kpis;
    private readonly IReadOnlyList<KpiDefinition> _figures;
    private readonly DateTimeOffset _started;

    public PipelineRun(PipelineDefinition pipeline, RunOptions options, RunProgress progress)
    {
        _pipeline = pipeline;
        _options = options;
        _progress = progress;
        _tables = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);
        _figures = [.. pipeline.Checks.Select(check => check.Figures).OfType<KpiDefinition>()];
        _kpis = pipeline.KeepsSilver
            ? []
            : pipeline.Kpis.Concat(_figures).ToDictionary(kpi => kpi.Name, kpi => KpiPlan.Create(kpi, _tables[kpi.From].Schema), StringComparer.Ordinal);
        _started = options.Time.GetUtcNow();
        RunId = Store.RunId.New(options.Time);
    }

    /// <summary>The run's name.</summary>
    public string RunId { get; }

    /// <summary>Runs the pipeline.</summary>
    /// <exception cref="ReadException">A source cannot be read.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    /// <exception cref="StoreException">The results cannot be written.</exception>
    /// <exception cref="CheckException">A check that is an error does not hold.</exception>
    /// <exception cref="RunException">The run cannot go on for another reason.</exception>
    public RunOutcome Execute(CancellationToken cancellationToken)
    {
        if (_options.DryRun)
        {
            if (_options.Engine.Kind is not null)
            {
                throw new UsageException($"--dry-run writes nothing, and {_options.Engine.Title} has to be given the rows; leave --engine out");
            }

            if (_pipeline.KeepsSilver)
            {
                throw new RunException($"`{_pipeline.Name}` keeps what it loads, so a run cannot be tried without writing; `assay plan {_pipeline.Name}` tells what one would do");
            }

            return Checked(Compute(cancellationToken));
        }

        var record = new RunRecord(_pipeline, _options, RunId, _started);
        record.Start();
        RunOutcome outcome;
        try
        {
            outcome = ComputeAndPublish(cancellationToken);
        }
        catch (Exception e)
        {
            record.Fail(e, _progress.Asked);
            throw;
        }

        try
        {
            record.Succeed(outcome);
        }
        catch (StoreException e)
        {
            throw new RunException($"the results were published to {outcome.GoldFolder}, but the run's manifest could not be written: {e.Message}");
        }

        return outcome;
    }

    private RunOutcome ComputeAndPublish(CancellationToken cancellationToken)
    {
        if (_pipeline.KeepsSilver)
        {
            return Layered(cancellationToken);
        }

        if (_options.Engine.Kind is not null)
        {
            return ComputeAndPublishIn(_options.Engine, cancellationToken);
        }

        using GoldStage stage = GoldStage.Begin(_options.Home, _pipeline.Name, RunId, cancellationToken);
        RunOutcome outcome = Checked(Compute(cancellationToken));
        WriteGold(stage, outcome);
        WriteOutputs(stage, outcome);
        PublishedGold gold = stage.Publish(cancellationToken: cancellationToken);
        return outcome with { GoldFolder = gold.Folder };
    }

    /// <summary>In a method of its own: what keeps layers is loaded only when they are kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunOutcome Layered(CancellationToken cancellationToken)
    {
        RunOutcome outcome = new LayeredRun(_pipeline, _options, _progress, RunId, _started).Execute(cancellationToken);
        AtomicFile.Write(Path.Combine(_options.Home.Run(RunId), "quality.json"), output => QualityJson.Write(outcome, output));
        return outcome;
    }

    /// <summary>Lets an outcome pass whose checks hold, or are warnings.</summary>
    internal static RunOutcome Checked(RunOutcome outcome)
    {
        CheckFinding[] errors = [.. outcome.BrokenChecks.Where(broken => !broken.IsWarning)];
        return errors.Length == 0 ? outcome : throw new CheckException(errors);
    }

    /// <summary>Writes the results.</summary>
    /// <param name="stage">Where to.</param>
    /// <param name="outcome">What the run came to.</param>
    /// <param name="withQuality">Whether the run's quality report lies among them. Where results are of all runs, it does not: it is of one.</param>
    internal static void WriteGold(GoldStage stage, RunOutcome outcome, bool withQuality = true)
    {
        Action[] writes =
        [
            .. outcome.Results.Select(result => result.Table).SelectMany(table => new Action[]
            {
                () => stage.Write(table.Name + ".csv", output => CsvTable.Write(table, output)),
                () => stage.Write(table.Name + ".json", output => JsonTable.Write(table, output)),
            }),
        ];
        if (outcome.Results.Sum(result => (long)result.Table.Rows.Count) < ManyRows)
        {
            Array.ForEach(writes, write => write());
        }
        else
        {
            WriteAtOnce(writes);
        }

        stage.Write("summary.json", output => SummaryJson.Write(outcome, output));
        if (withQuality)
        {
            stage.Write("quality.json", output => QualityJson.Write(outcome, output));
        }
    }

    private void WriteOutputs(GoldStage stage, RunOutcome outcome)
    {
        if (_pipeline.Outputs.Count > 0)
        {
            OutputFiles.Write(stage, new OutputScope(outcome, _options, _started, TableRows: null));
        }
    }

    private static void WriteAtOnce(Action[] writes)
    {
        try
        {
            Parallel.Invoke(writes);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>Computes the results in memory; nothing is published.</summary>
    internal RunOutcome Compute(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        long bytes = 0;
        var tables = new List<TableOutcome>();
        foreach (CleaningPlan plan in _tables.Values)
        {
            (TableOutcome table, long read) = RunTable(plan, cancellationToken);
            tables.Add(table);
            bytes += read;
        }

        return Outcome(tables, bytes, started);
    }

    /// <summary>The same with a database, which takes the rows and computes the KPIs. In a method of its own: databases are loaded only when they are used.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunOutcome ComputeAndPublishIn(EngineChoice engine, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using DatabaseRun database = DatabaseRun.Open(engine, _pipeline, _tables, _options, _progress, RunId, _started, cancellationToken);
        try
        {
            return ComputeAndPublishIn(database, started, cancellationToken);
        }
        catch (Exception e)
        {
            database.Fail(e);
            throw;
        }
    }

    private RunOutcome ComputeAndPublishIn(DatabaseRun database, long started, CancellationToken cancellationToken)
    {
        using GoldStage stage = GoldStage.Begin(_options.Home, _pipeline.Name, RunId, cancellationToken);
        long bytes = 0;
        var tables = new List<TableOutcome>();
        foreach (CleaningPlan plan in _tables.Values)
        {
            StageTarget target = database.Stage(plan.Table.Name, cancellationToken);
            (TableOutcome table, long read) = new TableRun(_pipeline, _options, _progress, RunId).Run(
                plan, mayNeedSecondPass: false, pass => pass == 1 ? target : null, cancellationToken);
            tables.Add(table);
            bytes += read;
        }

        RunOutcome? outcome = null;
        database.Transact(
            () => database.ReplaceAll(cancellationToken),
            [.. _pipeline.Kpis.Concat(_figures)],
            all =>
            {
                ILookup<string, KpiResult> results = all.ToLookup(result => result.Definition.From, StringComparer.Ordinal);
                outcome = Checked(Outcome([.. tables.Select(table => table with { Results = [.. results[table.Quality.Table]] })], bytes, started));
                outcome = outcome with { Database = database.Notes };
                WriteGold(stage, outcome);
                WriteOutputs(stage, outcome);
                return outcome;
            },
            cancellationToken);
        PublishedGold gold = stage.Publish(cancellationToken: CancellationToken.None);
        return outcome! with { GoldFolder = gold.Folder, Elapsed = Stopwatch.GetElapsedTime(started), Timings = database.Timings };
    }

    private RunOutcome Outcome(List<TableOutcome> tables, long bytes, long started)
    {
        var results = tables.SelectMany(table => table.Results).ToDictionary(result => result.Definition.Name, StringComparer.Ordinal);
        return SchemaDrift.Judge(new RunOutcome
        {
            Pipeline = _pipeline,
            RunId = RunId,
            Tables = tables,
            Checks = [.. _pipeline.Checks.Where(check => check is not RelationshipCheck).Select(check => Find(check, tables, results))],
            Results = [.. _pipeline.Kpis.Select(kpi => results[kpi.Name])],
            Bytes = bytes,
            Elapsed = Stopwatch.GetElapsedTime(started),
        }, _options.Home, _progress);
    }

    private CheckFinding Find(CheckDefinition check, List<TableOutcome> tables, Dictionary<string, KpiResult> results)
    {
        TableQuality books = tables.First(table => table.Quality.Table == check.Table).Quality;
        return check.Find(new CheckFigures
        {
            Read = books.Read,
            Accepted = books.Accepted,
            Quarantined = books.Quarantined,
            Deduplicated = books.Deduplicated,
            Filtered = books.Filtered,
            Measured = check.Figures is { } figures ? CheckFigures.MeasuredBy(results[figures.Name].Table) : new Dictionary<string, long?>(),
            AsOf = CheckFigures.Microseconds(TimeZoneInfo.ConvertTime(_options.Time.GetUtcNow(), _pipeline.TimeZone).DateTime),
        });
    }

    private (TableOutcome Table, long Bytes) RunTable(CleaningPlan plan, CancellationToken cancellationToken)
    {
        var measures = new MeasureRun([.. _pipeline.Kpis.Concat(_figures).Where(kpi => kpi.From == plan.Table.Name).Select(kpi => _kpis[kpi.Name])]);
        (TableOutcome table, long bytes) = new TableRun(_pipeline, _options, _progress, RunId).Run(
            plan,
            measures.MayNeedSecondPass,
            pass => pass == 1 || measures.NeedsSecondPass ? new MeasureTarget(measures, pass) : null,
            cancellationToken);
        return (table with { Results = measures.Results }, bytes);
    }
}
