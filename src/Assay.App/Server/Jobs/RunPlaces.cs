using Assay.Store;

namespace Assay.App.Server;

/// <summary>Finds where runs keep what they keep: in the server's home, or in that of the job that they were.</summary>
internal sealed class RunPlaces(JobDatabase jobs, ServerOptions options)
{
    /// <summary>The home of a run.</summary>
    /// <param name="runId">The run, as a client names it.</param>
    /// <returns>The home and what is known about the run; null when there is no such run.</returns>
    /// <exception cref="StoreException">What is known cannot be read.</exception>
    public (AssayHome Home, RunManifest Run)? Find(string runId)
    {
        if (RunHistory.Find(options.Home, runId) is { } run)
        {
            return (options.Home, run);
        }

        if (jobs.OfRun(runId) is not { } job)
        {
            return null;
        }

        AssayHome own = JobFolder.HomeOf(options.Home, job);
        return RunHistory.Find(own, runId) is { } ofJob ? (own, ofJob) : null;
    }

    /// <summary>The runs that ended last, the newest first: of the command line and of jobs.</summary>
    /// <param name="pipeline">Only those of this pipeline; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <exception cref="StoreException">What is known of one cannot be read.</exception>
    public IReadOnlyList<RunManifest> Newest(string? pipeline, int limit)
    {
        IEnumerable<RunManifest> ofHome = RunHistory.NewestFirst(options.Home)
            .Select(id => RunHistory.Find(options.Home, id)).OfType<RunManifest>().Where(run => pipeline is null || run.Pipeline == pipeline).Take(limit);
        IEnumerable<RunManifest> ofJobs = jobs.List(new JobFilter(JobStatus.Completed, Pipeline: pipeline), limit)
            .Select(job => RunHistory.Find(JobFolder.HomeOf(options.Home, job), job.RunId ?? "")).OfType<RunManifest>();
        return [.. ofHome.Concat(ofJobs).DistinctBy(run => run.RunId).OrderByDescending(run => run.RunId, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>The folder of the results of a pipeline that were published last: by a run on the home, or a job of its own.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>A full path, and the run; null when nothing was published yet.</returns>
    public (string Folder, string RunId)? Published(string pipeline)
    {
        string? gold = options.Home.CurrentGold(pipeline);
        (string Folder, string RunId)? ofHome = gold is null ? null : (gold, Path.GetFileName(gold));
        JobEntry? job = jobs.List(new JobFilter(JobStatus.Completed, Pipeline: pipeline), 1) is [var newest, ..] ? newest : null;
        if (job?.RunId is not { } runId || new JobFolder(options.Home, job.Id) is not { } folder || !Directory.Exists(folder.Output))
        {
            return ofHome;
        }

        // Names of runs sort by time.
        return ofHome is { } home && string.CompareOrdinal(home.RunId, runId) >= 0 ? ofHome : (folder.Output, runId);
    }
}
