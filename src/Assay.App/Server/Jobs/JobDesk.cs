using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>Takes what clients ask about jobs: to add one, stop it, try it again, or forget it.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="queue">Runs them.</param>
/// <param name="options">The server's options.</param>
/// <param name="log">The log.</param>
internal sealed class JobDesk(JobDatabase jobs, JobQueue queue, ServerOptions options, ILogger<JobDesk> log)
{
    /// <summary>How long a job that was told to end is waited for: a worker ends at its next block.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A name for a new job, that nobody can guess; later ones sort after it.</summary>
    public string NewId() => Guid.CreateVersion7(options.Time.GetUtcNow()).ToString("D");

    /// <summary>Whether the server is ending, so that it takes no jobs.</summary>
    public bool IsClosed => queue.IsEnding;

    /// <summary>Whether as many jobs wait as may.</summary>
    public bool IsFull => jobs.Count(new JobFilter(JobStatus.Queued)) >= options.MaxQueued;

    /// <summary>Adds a job to the queue. Its input is in its folder, which is removed when the job is not added.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="type">How it came about.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="key">What the client calls its request, or null.</param>
    /// <exception cref="StoreException">The database or the input cannot be written.</exception>
    public JobAddition Add(string id, string type, PipelineDefinition pipeline, JobRequest request, string? owner, IdempotencyKey? key)
    {
        var folder = new JobFolder(options.Home, id);
        JobAddition added = default;
        try
        {
            if (Directory.Exists(folder.Input))
            {
                folder.KeepInput();
            }

            added = jobs.Changes.Add(
                new JobEntry
                {
                    Id = id,
                    Type = type,
                    Pipeline = pipeline.Name,
                    IsExclusive = pipeline.KeepsSilver,
                    Owner = owner,
                    Request = request.ToJson(),
                    CreatedAt = options.Time.GetUtcNow(),
                },
                options.MaxQueued,
                key);
        }
        finally
        {
            if (added.Outcome != JobAdditionOutcome.Added || added.JobId != id)
            {
                folder.Delete();
            }
        }

        queue.Notify();
        return added;
    }

    /// <summary>Stops a job, and waits until it has ended.</summary>
    /// <param name="id">The job.</param>
    /// <returns>The job as it is then; null when there is none.</returns>
    public async Task<JobEntry?> CancelAsync(string id)
    {
        // A job that was taken from the queue at this moment is running a moment later.
        while (!jobs.Changes.Cancel(id, JobStatus.Queued, options.Time.GetUtcNow()))
        {
            if (queue.Running(id) is { } running)
            {
                running.Cancel();
                await Task.WhenAny(running.Ended, Task.Delay(Patience, options.Time));
                break;
            }

            if (jobs.Find(id) is not { IsEnded: false } || queue.IsEnding)
            {
                break;
            }

            await Task.Delay(Pause, options.Time);
        }

        queue.Notify();
        return jobs.Find(id);
    }

    /// <summary>Puts a job that failed or was cancelled into the queue again.</summary>
    /// <returns>Whether it waits now; null when it is in another state, or its input is gone.</returns>
    public JobAdditionOutcome? Retry(JobEntry job)
    {
        JobRequest request = JobRequest.Of(job);
        var folder = new JobFolder(options.Home, job.Id);
        if (request.IsDiscovered || !request.Files.Values.All(file => File.Exists(Path.Combine(folder.Input, file))))
        {
            return null;
        }

        JobAdditionOutcome? outcome = jobs.Changes.Retry(job.Id, options.MaxQueued);
        queue.Notify();
        return outcome;
    }

    /// <summary>Forgets a job and removes its files; one that runs is stopped first, and so is what repairs its rows: that fails,
    /// as it would if it had not begun yet.</summary>
    /// <returns>False when it did not end in time.</returns>
    public async Task<bool> DeleteAsync(string id)
    {
        await CancelAsync(id);
        if (!jobs.Changes.Delete(id))
        {
            return jobs.Find(id) is null;
        }

        // From here on none begins to repair its rows; those that do already are in the list.
        RunningJob[] repairs = queue.RepairsOf(id);
        foreach (RunningJob repair in repairs)
        {
            repair.Fail(JobRunner.OriginalDeleted);
        }

        Task ended = Task.WhenAll(repairs.Select(repair => repair.Ended));
        await Task.WhenAny(ended, Task.Delay(Patience, options.Time));
        if (ended.IsCompleted)
        {
            Remove(id);
        }

        return true;
    }

    /// <summary>Removes a forgotten job's files; those that cannot be are removed when the server starts next.</summary>
    public void Remove(string id)
    {
        try
        {
            new JobFolder(options.Home, id).Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ServerLog.NotRemoved(log, e.Message);
        }
    }
}
