using System.Diagnostics;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Measure;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Verify;

/// <summary>
/// Computes every KPI on several engines from the same rows: those of silver, or, of a pipeline that keeps none, those of
/// its sources, read once for each engine. Databases get the rows in tables of their own, which are removed again.
/// </summary>
internal sealed class VerifyRun
{
    /// <summary>What the names of the tables begin with; no pipeline's tables may.</summary>
    public const string Prefix = "assay_verify_";

    private const string Owner = "assay verify";

    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly RunProgress _progress;
    private readonly Dictionary<string, CleaningPlan> _plans;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">Where data lies, and how databases are reached.</param>
    /// <param name="progress">Is told how far it has come.</param>
    public VerifyRun(PipelineDefinition pipeline, RunOptions options, RunProgress progress)
    {
        _pipeline = pipeline;

        // The rows are read again for each engine; what is set aside is no news.
        _options = options with { DryRun = true };
        _progress = progress;
        _plans = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);
    }

    /// <summary>Runs it, and keeps the certificate.</summary>
    /// <param name="engines">The engines; the others are compared with the first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The certificate, and the folder that it was written to.</returns>
    /// <exception cref="EngineException">A database fails.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    /// <exception cref="RunException">Silver is empty.</exception>
    /// <exception cref="StoreException">The certificate cannot be written.</exception>
    /// <exception cref="UsageException">The rows come from standard input, which only one engine could be given.</exception>
    public (Certificate Certificate, string Folder) Execute(IReadOnlyList<EngineChoice> engines, CancellationToken cancellationToken)
    {
        if (!_pipeline.KeepsSilver && _pipeline.Sources.FirstOrDefault(source => source.IsStandardInput) is { } once)
        {
            throw new UsageException($"source `{once.Name}` is standard input, which can be read once only, and each engine is given its rows; name a file");
        }

        string id = RunId.New(_options.Time);
        DateTimeOffset at = _options.Time.GetUtcNow();
        using PipelineLock? held = _pipeline.KeepsSilver ? PipelineLock.Take(_options.Home, _pipeline.Name, cancellationToken) : null;
        Dictionary<string, SilverSnapshot> snapshots = _plans.Keys.ToDictionary(
            table => table, table => SilverSnapshot.Current(_options.Home, table), StringComparer.Ordinal);
        if (_pipeline.KeepsSilver && snapshots.Values.All(snapshot => snapshot.Files.Count == 0))
        {
            throw new RunException($"nothing of `{_pipeline.Name}` was loaded yet, so there is nothing to verify; run it first: assay run {_pipeline.Name}");
        }

        DateTime? asOf = null;
        var evidence = new List<EngineEvidence>();
        foreach (EngineChoice engine in engines)
        {
            _progress.ForgetRejected();
            evidence.Add(engine.Kind is null ? InMemory(engine, snapshots, ref asOf, cancellationToken) : InDatabase(engine, snapshots, ref asOf, cancellationToken));
        }

        var certificate = Certificate.Of(id, _pipeline, at, asOf, evidence);
        string folder = _options.Home.Certificate(_pipeline.Name, id);
        AtomicFile.Write(Path.Combine(folder, "certificate.json"), output => CertificateJson.Write(certificate, output));
        AtomicFile.Write(Path.Combine(folder, "certificate.md"), output => CertificateMarkdown.Write(certificate, output));
        return (certificate, folder);
    }

    private EngineEvidence InMemory(
        EngineChoice engine, Dictionary<string, SilverSnapshot> snapshots, ref DateTime? asOf, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        IReadOnlyList<KpiResult> results;
        if (_pipeline.KeepsSilver)
        {
            var measure = new SilverMeasure(_options, _progress, _plans, snapshots);
            results = measure.Run(_pipeline.Kpis, cancellationToken);
            foreach (string table in _plans.Keys)
            {
                rows[table] = measure.Count(table, cancellationToken);
            }

            asOf ??= measure.AsOf;
        }
        else
        {
            var run = new PipelineRun(_pipeline, _options with { Engine = EngineChoice.Memory }, _progress);
            RunOutcome outcome = run.Compute(cancellationToken);
            results = outcome.Results;
            foreach (TableOutcome table in outcome.Tables)
            {
                rows[table.Quality.Table] = table.Quality.Accepted;
            }
        }

        return new EngineEvidence(engine, $"Assay {RunRecord.Version}", results, rows, 0, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private EngineEvidence InDatabase(
        EngineChoice choice, Dictionary<string, SilverSnapshot> snapshots, ref DateTime? asOf, CancellationToken cancellationToken)
    {
        var tables = new EngineTables(_pipeline, _plans, Prefix);
        var measure = new DatabaseMeasure(tables, _progress);
        using Engine engine = _options.Connections!.Create(choice, _progress.Notify, _options.Time);
        foreach (KpiDefinition kpi in _pipeline.Kpis)
        {
            measure.Prepare(kpi, engine.Dialect, _options.AsOf);
        }

        _progress.Begin(choice.Title, () => (0, null));
        using EngineSession session = engine.Open(Owner, cancellationToken);
        EngineSchema.Drop(session, cancellationToken);
        EngineEvidence evidence;
        try
        {
            session.SetUp(tables.All, tables.Indexes, cancellationToken);
            long started = Stopwatch.GetTimestamp();
            var rows = new Dictionary<string, long>(StringComparer.Ordinal);
            var stages = new List<TableStage>();
            foreach (string table in _plans.Keys)
            {
                TableStage stage = session.Stage(tables.Of(table), tables.Schemas[table], cancellationToken);
                var target = new StageTarget(stage);
                Fill(table, target, choice, snapshots, cancellationToken);
                rows[table] = target.Rows;
                stages.Add(stage);
            }

            IReadOnlyList<KpiResult> results = [];
            double loaded = 0;
            session.InTransaction(
                () =>
                {
                    stages.ForEach(stage => session.Replace(stage, cancellationToken));
                    EngineReferences.Link(session, tables.All, cancellationToken);
                    loaded = Stopwatch.GetElapsedTime(started).TotalSeconds;
                    results = measure.Run(session, _pipeline.Kpis, _options.AsOf, cancellationToken);
                },
                cancellationToken);
            asOf ??= measure.AsOf;
            evidence = new EngineEvidence(choice, session.Version, results, rows, loaded, Stopwatch.GetElapsedTime(started).TotalSeconds - loaded);
        }
        catch
        {
            RemoveTables(session);
            throw;
        }

        EngineSchema.Drop(session, CancellationToken.None);
        return evidence;
    }

    /// <summary>Removes the tables after a failure, which is what people are to be told.</summary>
    private static void RemoveTables(EngineSession session)
    {
        // Within the transaction that failed they would come back with its end, or could not be removed at all.
        session.Rollback();
        try
        {
            EngineSchema.Drop(session, CancellationToken.None);
        }
        catch (EngineException)
        {
            // The database is gone; the next verification removes them.
        }
    }

    private void Fill(
        string table, StageTarget target, EngineChoice choice, Dictionary<string, SilverSnapshot> snapshots, CancellationToken cancellationToken)
    {
        if (_pipeline.KeepsSilver)
        {
            Data.Schema schema = _plans[table].Schema;
            using SilverScan scan = SilverScan.Open(_options.Home, snapshots[table], schema, cancellationToken);
            SilverPass.Run(scan, schema, $"{choice.Title}: {table}", target, _options, _progress, cancellationToken);
            return;
        }

        new TableRun(_pipeline, _options, _progress, "").Run(
            _plans[table], mayNeedSecondPass: false, pass => pass == 1 ? target : null, cancellationToken);
    }
}
