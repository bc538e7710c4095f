using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>
/// Finds what was published last: by the command line into the server's home, or by a job. A pipeline that streams has
/// a home of each job's own; one that keeps layers has the server's.
/// </summary>
/// <param name="jobs">The jobs.</param>
/// <param name="options">The server's options.</param>
internal sealed class ResultSources(JobDatabase jobs, ServerOptions options)
{
    /// <summary>The results of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="job">A job whose results are meant; null takes the newest that there are.</param>
    /// <returns>Where they are; null when nothing was published, or the job is none of the pipeline's, or not completed.</returns>
    public ResultSource? Find(PipelineDefinition pipeline, string? job)
    {
        if (job is not null)
        {
            return jobs.Find(job) is { } one && one.Pipeline == pipeline.Name ? OfJob(one) : null;
        }

        ResultSource? own = options.Home.CurrentGold(pipeline.Name) is { } gold
            ? new ResultSource(options.Home, RunOf(gold), gold, jobs.OfRun(RunOf(gold)))
            : null;
        ResultSource? last = jobs.List(new JobFilter { Pipeline = pipeline.Name, Status = JobStatus.Completed }, 1) is [var newest] ? OfJob(newest) : null;

        // Names of runs sort by time.
        return own is null || (last is not null && string.CompareOrdinal(last.RunId, own.RunId) > 0) ? last : own;
    }

    /// <summary>The home that a run was done on.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="job">The job that it was, when that is known.</param>
    /// <returns>The home; null when there is no such run.</returns>
    public AssayHome? HomeOf(string runId, string? job)
    {
        JobEntry? entry = job is not null ? jobs.Find(job) : jobs.OfRun(runId);
        return entry is not null && entry.RunId == runId && RunHistory.Find(new JobFolder(options.Home, entry.Id).Home, runId) is not null
            ? new JobFolder(options.Home, entry.Id).Home
            : RunHistory.Find(options.Home, runId) is not null ? options.Home : null;
    }

    /// <summary>The results of a job.</summary>
    /// <param name="job">The job.</param>
    /// <returns>Where they are; null when it published none.</returns>
    public ResultSource? OfJob(JobEntry job)
    {
        if (job.Status != JobStatus.Completed || job.RunId is not { } runId)
        {
            return null;
        }

        var folder = new JobFolder(options.Home, job.Id);
        AssayHome home = Directory.Exists(folder.Home.Root) ? folder.Home : options.Home;
        return Directory.Exists(folder.Output) ? new ResultSource(home, runId, folder.Output, job) : null;
    }

    private static string RunOf(string gold) => Path.GetFileName(Path.TrimEndingDirectorySeparator(gold));
}
