using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>
/// Does what a job asks: a run of its pipeline, in this process. A pipeline that streams has a home of the job's own, so
/// that outputs of jobs never mix; one that keeps layers runs on the server's home, and the job keeps a copy of its outputs.
/// </summary>
/// <param name="jobs">The jobs.</param>
/// <param name="safe">Takes folders out of what is told.</param>
/// <param name="options">The server's options.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="process">The environment, which tells how databases are reached.</param>
internal sealed class JobRunner(JobDatabase jobs, SafeText safe, ServerOptions options, PipelineCatalog catalog, PipelineSettings process)
{
    /// <summary>What is told of a repair whose job is gone.</summary>
    public const string OriginalDeleted = "the job whose rows were repaired was deleted, and its clean rows with it; run its file again";

    /// <summary>Runs a job to its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Stops it; nothing is published then.</param>
    /// <returns>What it came to. Its outputs are on the disk.</returns>
    /// <exception cref="RunException">The run cannot go on; as are the other exceptions of <see cref="PipelineRun.Execute"/>.</exception>
    public JobOutcome Run(JobEntry job, RunProgress progress, CancellationToken cancellationToken)
    {
        JobRequest request = JobRequest.Of(job);
        var folder = new JobFolder(options.Home, job.Id);
        folder.Clear();
        PipelineDefinition pipeline = catalog.Load(job.Pipeline);
        bool isOwnHome = !pipeline.KeepsSilver;
        int threads = Math.Max(1, Environment.ProcessorCount / options.MaxJobs);
        GeneratedInput? generated = request.Rows is { } rows
            ? GeneratedInput.Make(pipeline, rows, folder, threads, progress, cancellationToken)
            : null;
        IReadOnlyDictionary<string, string> files = generated?.Files ?? request.Files;
        PipelineDefinition given = pipeline with
        {
            Sources = [.. pipeline.Sources.Select(source => !request.IsReplay && files.TryGetValue(source.Name, out string? file)
                ? source with { Path = Shown(Path.Combine(folder.Input, file)) }
                : source)],
            KeepsBronze = pipeline.KeepsBronze || request.KeepsSilver || request.IsReplay,
            KeepsSilver = pipeline.KeepsSilver || request.KeepsSilver || request.IsReplay,
        };
        AssayHome home = !isOwnHome ? options.Home : request.OfJob is { } other ? new JobFolder(options.Home, other).Home : folder.Home;
        if (request.OfJob is { } repaired && (jobs.Find(repaired) is null || !Directory.Exists(home.Root)))
        {
            throw new RunException(OriginalDeleted);
        }

        var connections = new EngineConnections(given, process, home);
        var run = new PipelineRun(given, new RunOptions
        {
            Home = home,
            Engine = isOwnHome ? EngineChoice.Memory : connections.Choose(null),
            Connections = connections,
            Threads = threads,
            Time = options.Time,
            Replay = request.IsReplay ? new ReplayOptions(request.Files.Keys.Single(), Shown(Path.Combine(folder.Input, request.Files.Values.Single()))) : null,
        }, progress);
        RunOutcome outcome = run.Execute(cancellationToken);
        PipelineSetting setting = catalog.Setting(pipeline);
        IReadOnlyList<KeyValuePair<string, long>> counts = JobCounts.Of(setting, outcome);
        JobOutputs.Write(outcome, home, folder, setting, counts);
        return new JobOutcome(
            outcome.RunId,
            JobResults.Write(job, request, outcome, folder, setting, counts, generated, [.. Warnings(outcome, progress).Select(safe.Of)]),
            outcome.Books.Read,
            outcome.Books.Accepted,
            JobCounts.Rejects(outcome));
    }

    private static IEnumerable<string> Warnings(RunOutcome outcome, RunProgress progress) =>
        progress.Warnings.Concat(outcome.BrokenChecks.Select(check => check.ToString()));

    /// <summary>A path as runs keep it: seen from the working directory, so that nobody is told where that is.</summary>
    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
