using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>Forgets ended jobs that are too old or too many, with their files.</summary>
internal sealed class JobRetention(JobDatabase jobs, JobDesk desk, ServerOptions options, ILogger<JobRetention> log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _ending = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Begins to look now and then.</summary>
    public void Start() => _watching = WatchAsync();

    /// <summary>Forgets what need not be kept now.</summary>
    /// <returns>How many jobs that were.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public int Apply()
    {
        int forgotten = 0;
        IReadOnlyList<string> expired = jobs.Expired(options.Time.GetUtcNow().AddDays(-options.KeepDays), options.KeepJobs);
        HashSet<string> needed = expired.Count > 0 ? Needed() : [];
        foreach (string id in expired.Where(id => !needed.Contains(id) && jobs.Changes.Delete(id)))
        {
            desk.Remove(id);
            forgotten++;
        }

        return forgotten;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
    }

    /// <summary>The jobs whose rows are to be repaired, or just are.</summary>
    private HashSet<string> Needed() => new[] { JobStatus.Queued, JobStatus.Running }
        .SelectMany(status => jobs.List(new JobFilter(status, JobType.Replay), int.MaxValue))
        .Select(job => JobRequest.Of(job).OfJob).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, options.Time);
        try
        {
            do
            {
                try
                {
                    Apply();
                }
                catch (StoreException e)
                {
                    ServerLog.DatabaseFailed(log, e);
                }
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }
    }
}
