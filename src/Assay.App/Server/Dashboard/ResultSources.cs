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
            return jobs.Find(job) is { } one && one.Pipeline == pipeline.Name ? OfJob(one) is { } source ? source with { Newer = Later(source, pipeline) } : null : null;
        }

        ResultSource? own = options.Home.CurrentGold(pipeline.Name) is { } gold
            ? new ResultSource(options.Home, RunOf(gold), gold, jobs.OfRun(RunOf(gold)))
            : null;
        ResultSource? last = jobs.List(new JobFilter(JobStatus.Completed, Pipeline: pipeline.Name), 1) is [var newest] ? OfJob(newest) : null;

        // Names of runs sort by time.
        return own is null || (last is not null && string.CompareOrdinal(last.RunId, own.RunId) > 0) ? last : own;
    }

    /// <summary>The results of a job.</summary>
    /// <param name="job">The job.</param>
    /// <returns>Where they are; null when it published none.</returns>
    private ResultSource? OfJob(JobEntry job)
    {
        if (job.Status != JobStatus.Completed || job.RunId is not { } runId)
        {
            return null;
        }

        var folder = new JobFolder(options.Home, job.Id);
        return Directory.Exists(folder.Output) ? new ResultSource(JobFolder.HomeOf(options.Home, job), runId, folder.Output, job) : null;
    }

    /// <summary>The run that loaded rows of the pipeline last, where it came after these results.</summary>
    private LaterRun? Later(ResultSource source, PipelineDefinition pipeline)
    {
        // Names of runs sort by time, and the newest comes first.
        RunManifest? last = RunHistory.NewestFirst(source.Home)
            .TakeWhile(id => string.CompareOrdinal(id, source.RunId) > 0)
            .Select(id => RunHistory.Find(source.Home, id))
            .OfType<RunManifest>()
            .FirstOrDefault(run => run.Pipeline == pipeline.Name && run.Status == RunStatus.Completed && run.Books.Values.Any(books => books.Accepted > 0));
        return last is null ? null : new LaterRun(last.RunId, jobs.OfRun(last.RunId));
    }

    private static string RunOf(string gold) => Path.GetFileName(Path.TrimEndingDirectorySeparator(gold));
}
