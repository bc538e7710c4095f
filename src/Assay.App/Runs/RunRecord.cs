using System.Globalization;
using System.Reflection;
using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Keeps the run's manifest: written when it starts, so that a killed run is known, and again when it ends.</summary>
internal sealed class RunRecord(PipelineDefinition pipeline, RunOptions options, string runId, DateTimeOffset started)
{
    /// <summary>Assay's version.</summary>
    public static string Version { get; } =
        typeof(RunRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public void Start() => Manifest(RunStatus.Running).Save(options.Home);

    public void Succeed(RunOutcome outcome) => (Manifest(RunStatus.Completed) with
    {
        Finished = options.Time.GetUtcNow(),
        Inputs = RunInputs.Of(outcome.Tables),
        Books = outcome.Tables.ToDictionary(table => table.Quality.Table, table => table.Books),
        Checks = [.. outcome.Checks.Select(finding => new CheckOutcome(
            finding.Table, finding.Name, finding.IsWarning ? CheckSeverity.Warn : CheckSeverity.Error, finding.Holds, finding.Observed, finding.Expected))],
        Requests = outcome.Requests,
        Batch = outcome.Batch,
        Replays = outcome.Replayed ?? new Dictionary<string, long>(),
        AsOf = outcome.AsOf?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        CumulativeBooks = outcome.Cumulative ?? new Dictionary<string, RunBooks>(),
        UnknownFields = outcome.UnknownFields,
        NewFields = outcome.NewFields,
        Silver = outcome.Tables.Where(table => table.Silver is not null).ToDictionary(table => table.Quality.Table, table => table.Silver!),
        Timings = outcome.Timings.Count > 0 ? outcome.Timings : [new RunTiming("compute", Math.Round(outcome.Elapsed.TotalSeconds, 3))],
        RowsPerSecond = Math.Round(outcome.RowsPerSecond),
        MegabytesPerSecond = Math.Round(outcome.MegabytesPerSecond, 1),
        ExitCode = 0,
    }).Save(options.Home);

    /// <summary>The status of a run that an exception ended.</summary>
    public static RunStatus StatusOf(Exception cause) => cause switch
    {
        OperationCanceledException => RunStatus.Cancelled,
        CheckException => RunStatus.ChecksFailed,
        _ => RunStatus.Failed,
    };

    /// <summary>Notes why the run failed. When even that cannot be written, the run's own failure is what matters.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="asked">By source, what it asked of APIs all the same.</param>
    public void Fail(Exception cause, IReadOnlyDictionary<string, RunRequests> asked)
    {
        try
        {
            (Manifest(StatusOf(cause)) with
            {
                Finished = options.Time.GetUtcNow(),
                Error = cause.Message,
                Requests = asked,
                ExitCode = ExitCodes.Of(cause),
            }).Save(options.Home);
        }
        catch (StoreException second)
        {
            Console.Error.WriteLine($"warning: {second.Message}");
        }
    }

    private RunManifest Manifest(RunStatus status) => new()
    {
        Pipeline = pipeline.Name,
        RunId = runId,
        Status = status,
        Started = started,
        ProcessId = Environment.ProcessId,
        ConfigurationHash = pipeline.Hash,
        Engine = options.Engine.Name,
        Layers = pipeline.KeepsSilver ? ["bronze", "silver", "gold"] : pipeline.KeepsBronze ? ["bronze", "gold"] : [],
        Until = options.Until == Layer.Gold ? null : options.Until == Layer.Bronze ? "bronze" : "silver",
        Threads = options.Threads,
        PeakMemoryBytes = PeakMemory.Bytes(),
        Versions = RunVersions.Here(Version),
    };
}
