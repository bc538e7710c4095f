using System.Collections.Concurrent;
using System.Threading.Channels;
using Assay.App.Generate;
using Assay.Measure;
using Assay.Read;
using Assay.Sql;
using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>Runs the jobs that wait, a few at once, and writes down how each ends before anyone is told.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="runner">Does one.</param>
/// <param name="safe">Takes folders out of what is told.</param>
/// <param name="options">The server's options.</param>
/// <param name="metrics">Is told of each end.</param>
/// <param name="log">The log.</param>
internal sealed class JobQueue(JobDatabase jobs, JobRunner runner, SafeText safe, ServerOptions options, ServerMetrics metrics, ILogger<JobQueue> log) : IDisposable
{
    private const string RunError = "run_error";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, RunningJob> _running = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _slots = new(options.MaxJobs);
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _patience = new();
    private Task _dispatching = Task.CompletedTask;

    /// <summary>How many jobs run now.</summary>
    public int RunningCount => _running.Count;

    /// <summary>Whether jobs are begun: from the start to the moment the server is told to end.</summary>
    public bool IsTaking => !_ending.IsCancellationRequested && !_dispatching.IsCompleted;

    /// <summary>Whether the server was told to end.</summary>
    public bool IsEnding => _ending.IsCancellationRequested;

    /// <summary>Takes up what an earlier process left.</summary>
    public void Recover()
    {
        string error = $"the server ended {options.MaxAttempts} times while this job was running; it is not tried again by itself";
        (int queued, int failed) = jobs.Changes.Recover(options.MaxAttempts, error, options.Time.GetUtcNow());
        if (queued + failed > 0)
        {
            ServerLog.TakenUp(log, queued, failed);
        }
    }

    /// <summary>Begins the jobs that wait.</summary>
    public void Start() => _dispatching = DispatchAsync();

    /// <summary>Says that a job waits.</summary>
    public void Notify() => _signal.Writer.TryWrite(true);

    /// <summary>A job that runs.</summary>
    /// <returns>The job, or null when it does not.</returns>
    public RunningJob? Running(string id) => _running.GetValueOrDefault(id);

    /// <summary>The jobs that run now and repair rows of another.</summary>
    /// <param name="id">The other.</param>
    public RunningJob[] RepairsOf(string id) => [.. _running.Values.Where(job => JobRequest.Of(job.Entry).OfJob == id)];

    /// <summary>Begins no more jobs, lets those that run end in the time they are given, and puts the others back into the queue.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        await _dispatching;
        Task all = Task.WhenAll(_running.Values.Select(job => job.Ended));
        await Task.WhenAny(all, Task.Delay(options.Grace, options.Time, _patience.Token));
        foreach (RunningJob job in _running.Values)
        {
            ServerLog.PuttingBack(log, job.Entry.Id);
            job.Stop();
        }

        await all;
        for (int i = 0; i < options.MaxJobs; i++)
        {
            // A job's thread gives its place back last of all; after that it touches nothing that is disposed of.
            await _slots.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends the time that running jobs are given by <see cref="StopAsync"/>.</summary>
    public void Hurry() => _patience.Cancel();

    public void Dispose()
    {
        _slots.Dispose();
        _patience.Dispose();
        _ending.Dispose();
    }

    private async Task DispatchAsync()
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(_ending.Token);
                if (Take() is { } job)
                {
                    Begin(job);
                    continue;
                }

                _slots.Release();
                using var soon = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
                soon.CancelAfter(Pause);
                try
                {
                    await _signal.Reader.ReadAsync(soon.Token);
                }
                catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
                {
                    // Looked again after a while: what could not be taken may be there to be taken now.
                    continue;
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            ServerLog.NoMoreJobs(log);
        }
    }

    private JobEntry? Take()
    {
        try
        {
            return jobs.Changes.TakeNext(options.Time.GetUtcNow());
        }
        catch (StoreException e)
        {
            ServerLog.DatabaseFailed(log, e);
            return null;
        }
    }

    private void Begin(JobEntry entry)
    {
        var job = new RunningJob(entry);
        _running[entry.Id] = job;
        // A run waits for threads of its own for as long as it lasts, so it must not hold one of the pool's.
        new Thread(() => Work(job)) { IsBackground = true, Name = $"assay job {entry.Id}" }.Start();
    }

    private void Work(RunningJob job)
    {
        using IDisposable? scope = log.BeginScope(new Dictionary<string, object> { ["job_id"] = job.Entry.Id, ["pipeline"] = job.Entry.Pipeline });
        ServerLog.Started(log, job.Entry.Id, job.Entry.Pipeline, job.Entry.Attempt);
        try
        {
            Do(job);
        }
        catch (NotWrittenException)
        {
            // The job stays as running in the database; whoever starts the server next takes it up.
            ServerLog.EndNotWritten(log, job.Entry.Id);
        }
        finally
        {
            _running.TryRemove(job.Entry.Id, out _);
            job.End();
            Notify();
            _slots.Release();
        }
    }

    private void Do(RunningJob job)
    {
        JobStatus end;
        JobOutcome? outcome = null;
        string id = job.Entry.Id;
        try
        {
            outcome = runner.Run(job.Entry, job.Progress, job.Token);
            end = JobStatus.Completed;
            WriteDown(() => jobs.Changes.Complete(id, outcome.Results, outcome.RunId, options.Time.GetUtcNow()));
            TidyUp(job.Entry);
        }
        catch (OperationCanceledException) when (job.Token.IsCancellationRequested)
        {
            end = job.IsCancelled ? JobStatus.Cancelled : job.Failure is null ? JobStatus.Queued : JobStatus.Failed;
            WriteDown(() => end switch
            {
                JobStatus.Cancelled => jobs.Changes.Cancel(id, JobStatus.Running, options.Time.GetUtcNow()),
                JobStatus.Failed => jobs.Changes.Fail(id, job.Failure!, RunError, null, options.Time.GetUtcNow()),
                _ => jobs.Changes.PutBack(id),
            });
        }
        catch (NotWrittenException)
        {
            throw;
        }
        catch (Exception e)
        {
            end = JobStatus.Failed;
            bool isKnown = TypeOf(e) is not null;
            if (!isKnown)
            {
                ServerLog.JobBroke(log, id, e);
            }

            string error = isKnown ? safe.Of(Message(e)) : "the job ended for a reason that nobody foresaw; the server's log has it";
            ServerLog.Failed(log, id, error);
            WriteDown(() => jobs.Changes.Fail(id, error, TypeOf(e) ?? "internal_error", null, options.Time.GetUtcNow()));
        }

        ServerLog.Ended(log, id, end, job.Elapsed.TotalSeconds);
        metrics.JobEnded(job.Entry.Pipeline, end, job.Elapsed, outcome);
    }

    /// <summary>Writes the end of a job down. A database that cannot be written for a while, as the disk is full, is tried again until
    /// it can be: otherwise the job would seem to run for ever, and keep others from running.</summary>
    /// <exception cref="NotWrittenException">The server ended before.</exception>
    private void WriteDown(Func<bool> change)
    {
        while (true)
        {
            try
            {
                change();
                return;
            }
            catch (StoreException e)
            {
                ServerLog.DatabaseFailed(log, e);
            }

            if (_ending.Token.WaitHandle.WaitOne(Pause))
            {
                throw new NotWrittenException();
            }
        }
    }

    /// <summary>Removes the input of a completed job that can be had again: from bronze, or by generating it.</summary>
    private void TidyUp(JobEntry job)
    {
        JobRequest request = JobRequest.Of(job);
        if (!request.KeepsSilver && request.Rows is null)
        {
            return;
        }

        try
        {
            new JobFolder(options.Home, job.Id).DeleteInput();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ServerLog.NotRemoved(log, e.Message);
        }
    }

    private static string Message(Exception e) => e is DefinitionException definition ? string.Join("; ", definition.Errors) : e.Message;

    /// <summary>The kind of a failure that a run may have, or null when it should have none such.</summary>
    private static string? TypeOf(Exception e) => e switch
    {
        ReadException => "read_error",
        CheckException => "check_failed",
        StoreException or IOException or UnauthorizedAccessException => "store_error",
        MeasureException => "measure_error",
        DefinitionException or GenerateException or UsageException or SqlException or RunException { IsConfiguration: true } => "configuration_error",
        EngineException => "engine_error",
        RunException => RunError,
        _ => null,
    };

    /// <summary>The end of a job could not be written down.</summary>
    private sealed class NotWrittenException : Exception;
}
