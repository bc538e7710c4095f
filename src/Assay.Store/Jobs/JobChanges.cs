namespace Assay.Store;

/// <summary>What moves jobs from one state to the next. Each change is a transaction of its own, and none happens twice:
/// a method tells whether it was this call that made it.</summary>
public sealed class JobChanges
{
    private readonly JobConnections _connections;

    internal JobChanges(JobConnections connections) => _connections = connections;

    /// <summary>Adds a job to the queue.</summary>
    /// <param name="job">The job; its number, status and attempt are given by the database.</param>
    /// <param name="mostQueued">How many may wait.</param>
    /// <param name="key">What the client calls its request, or null.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public JobAddition Add(JobEntry job, long mostQueued, IdempotencyKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _connections.Write(writer =>
        {
            if (key is not null && AskedBefore(writer, key) is { } before)
            {
                return before;
            }

            if (writer.Number("SELECT count(*) FROM jobs WHERE status = 'queued'") >= mostQueued)
            {
                return new JobAddition(JobAdditionOutcome.QueueFull, null);
            }

            Insert(writer, job with { Status = JobStatus.Queued, Attempt = 0 });
            if (key is not null)
            {
                writer.Execute(
                    "INSERT INTO idempotency (key, request, job_id) VALUES ($key, $request, $job)",
                    ("$key", key.Key), ("$request", key.Request), ("$job", job.Id));
            }

            return new JobAddition(JobAdditionOutcome.Added, job.Id);
        });
    }

    /// <summary>What was asked for before under a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The earlier job, or null when the key is new.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public JobAddition? AskedBefore(IdempotencyKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _connections.Read(reader => AskedBefore(reader, key));
    }

    /// <summary>Adds jobs that ended before there was this database.</summary>
    /// <param name="name">What they were found in; it is not looked at again.</param>
    /// <param name="jobs">The jobs, the oldest first; those whose names are known are left out.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public void Import(string name, IReadOnlyList<JobEntry> jobs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        _connections.Write(writer =>
        {
            foreach (JobEntry job in jobs.Where(job => writer.Number("SELECT count(*) FROM jobs WHERE id = $id", ("$id", job.Id)) == 0))
            {
                Insert(writer, job);
            }

            return writer.Execute("INSERT OR IGNORE INTO imports (name, imported_at) VALUES ($name, $now)", ("$name", name), ("$now", StateText.Of(now)));
        });
    }

    /// <summary>Begins the job that has waited longest of those that may run now.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The job, running, or null when none may.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public JobEntry? TakeNext(DateTimeOffset now) => _connections.Write(writer => writer.Query(
        $"""
        UPDATE jobs SET status = 'running', attempt = attempt + 1, started_at = $now, run_id = NULL
        WHERE number = (
            SELECT number FROM jobs AS waiting
            WHERE status = 'queued' AND (exclusive = 0 OR NOT EXISTS (
                SELECT 1 FROM jobs AS other WHERE other.status = 'running' AND other.exclusive = 1 AND other.pipeline = waiting.pipeline))
            ORDER BY number LIMIT 1)
        RETURNING {JobRow.Columns}
        """,
        JobRow.Read,
        ("$now", StateText.Of(now))).FirstOrDefault());

    /// <summary>Ends a running job well.</summary>
    /// <param name="id">The job.</param>
    /// <param name="results">What it came to, as JSON.</param>
    /// <param name="runId">The run that it was.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it does not run.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool Complete(string id, string results, string runId, DateTimeOffset now) => _connections.Write(writer => writer.Execute(
        "UPDATE jobs SET status = 'completed', results = $results, run_id = $run, ended_at = $now WHERE id = $id AND status = 'running'",
        ("$id", id), ("$results", results), ("$run", runId), ("$now", StateText.Of(now))) == 1);

    /// <summary>Ends a running job that could not be done.</summary>
    /// <param name="id">The job.</param>
    /// <param name="error">Why.</param>
    /// <param name="errorType">The kind of failure, for programs.</param>
    /// <param name="runId">The run that it was, or null when it came to none.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it does not run.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool Fail(string id, string error, string errorType, string? runId, DateTimeOffset now) => _connections.Write(writer => writer.Execute(
        """
        UPDATE jobs SET status = 'failed', error = $error, error_type = $type, run_id = $run, ended_at = $now
        WHERE id = $id AND status = 'running'
        """,
        ("$id", id), ("$error", error), ("$type", errorType), ("$run", runId), ("$now", StateText.Of(now))) == 1);

    /// <summary>Ends a job that somebody stopped.</summary>
    /// <param name="id">The job.</param>
    /// <param name="from">The state that it must be in: queued or running.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it is in another.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool Cancel(string id, JobStatus from, DateTimeOffset now) => _connections.Write(writer => writer.Execute(
        "UPDATE jobs SET status = 'cancelled', ended_at = $now WHERE id = $id AND status = $from AND status IN ('queued', 'running')",
        ("$id", id), ("$from", JobRow.Text(from)), ("$now", StateText.Of(now))) == 1);

    /// <summary>Puts a running job back into the queue, as though it had not been begun.</summary>
    /// <param name="id">The job.</param>
    /// <returns>False when it does not run.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool PutBack(string id) => _connections.Write(writer => writer.Execute(
        "UPDATE jobs SET status = 'queued', attempt = attempt - 1, started_at = NULL WHERE id = $id AND status = 'running'",
        ("$id", id)) == 1);

    /// <summary>Puts a job that failed or was cancelled into the queue again, with all its attempts before it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="mostQueued">How many may wait.</param>
    /// <returns>Whether it waits now; null when it is in another state.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public JobAdditionOutcome? Retry(string id, long mostQueued) => _connections.Write<JobAdditionOutcome?>(writer =>
    {
        if (writer.Number("SELECT count(*) FROM jobs WHERE id = $id AND status IN ('failed', 'cancelled')", ("$id", id)) == 0)
        {
            return null;
        }

        if (writer.Number("SELECT count(*) FROM jobs WHERE status = 'queued'") >= mostQueued)
        {
            return JobAdditionOutcome.QueueFull;
        }

        writer.Execute(
            """
            UPDATE jobs SET status = 'queued', attempt = 0, started_at = NULL, ended_at = NULL, run_id = NULL, error = NULL, error_type = NULL
            WHERE id = $id
            """,
            ("$id", id));
        return JobAdditionOutcome.Added;
    });

    /// <summary>Takes up what a server that is gone left running: such jobs wait again, or fail when they were begun too often.</summary>
    /// <param name="mostAttempts">How often a job may be begun.</param>
    /// <param name="error">What is said of one that was begun too often.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many wait again, and how many failed.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public (int Queued, int Failed) Recover(int mostAttempts, string error, DateTimeOffset now) => _connections.Write(writer =>
    {
        int failed = writer.Execute(
            "UPDATE jobs SET status = 'failed', error = $error, error_type = 'interrupted', ended_at = $now WHERE status = 'running' AND attempt >= $most",
            ("$error", error), ("$now", StateText.Of(now)), ("$most", mostAttempts));
        int queued = writer.Execute("UPDATE jobs SET status = 'queued', started_at = NULL WHERE status = 'running'");
        return (queued, failed);
    });

    /// <summary>Forgets a job that has ended.</summary>
    /// <param name="id">The job.</param>
    /// <returns>False when it has not, or there is none.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool Delete(string id) => _connections.Write(writer =>
        writer.Execute("DELETE FROM jobs WHERE id = $id AND status IN ('completed', 'failed', 'cancelled')", ("$id", id)) == 1);

    private static JobAddition? AskedBefore(StateConnection connection, IdempotencyKey key) => connection.Query(
        "SELECT request, job_id FROM idempotency WHERE key = $key",
        row => new JobAddition(row.GetString(0) == key.Request ? JobAdditionOutcome.AskedBefore : JobAdditionOutcome.KeyOfAnother, row.GetString(1)),
        ("$key", key.Key)) is [var found, ..] ? found : null;

    private static void Insert(StateConnection writer, JobEntry job) => writer.Execute(
        """
        INSERT INTO jobs (id, pipeline, type, status, attempt, exclusive, owner, request, results, run_id, error, error_type, created_at, started_at, ended_at)
        VALUES ($id, $pipeline, $type, $status, $attempt, $exclusive, $owner, $request, $results, $run, $error, $error_type, $created, $started, $ended)
        """,
        ("$id", job.Id),
        ("$pipeline", job.Pipeline),
        ("$type", job.Type),
        ("$status", JobRow.Text(job.Status)),
        ("$attempt", job.Attempt),
        ("$exclusive", job.IsExclusive ? 1 : 0),
        ("$owner", job.Owner),
        ("$request", job.Request),
        ("$results", job.Results),
        ("$run", job.RunId),
        ("$error", job.Error),
        ("$error_type", job.ErrorType),
        ("$created", StateText.Of(job.CreatedAt)),
        ("$started", job.StartedAt is { } started ? StateText.Of(started) : null),
        ("$ended", job.EndedAt is { } ended ? StateText.Of(ended) : null));
}
