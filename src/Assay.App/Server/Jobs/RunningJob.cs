using System.Diagnostics;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>A job while it runs.</summary>
internal sealed class RunningJob(JobEntry entry)
{
    // Never disposed of, as it may be cancelled at the moment the job ends; it holds nothing but memory.
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile bool _isCancelled;
    private volatile string? _failure;

    /// <summary>The job as it was when it began.</summary>
    public JobEntry Entry { get; } = entry;

    /// <summary>How far it has come.</summary>
    public RunProgress Progress { get; } = new();

    /// <summary>Stops its run.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Comes to an end when the job has, and its end is written down.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether somebody asked for its end; otherwise, when it is stopped, the server itself is ending.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>Why it cannot go on, when something else took away what it works on.</summary>
    public string? Failure => _failure;

    /// <summary>How long it has been running.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Stops it for good.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        Stop();
    }

    /// <summary>Stops it, as it cannot go on.</summary>
    /// <param name="reason">Why.</param>
    public void Fail(string reason)
    {
        _failure = reason;
        Stop();
    }

    /// <summary>Stops it, to be begun again some other time.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Says that its end is written down.</summary>
    public void End() => _ended.SetResult();
}
