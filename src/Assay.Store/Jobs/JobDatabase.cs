namespace Assay.Store;

/// <summary>
/// The jobs of a server, in <c>jobs.db</c> (SQLite). A job goes from queued over running to completed, failed or
/// cancelled; when a method that changes a job comes back, the change outlives a crash. Safe for several threads.
/// </summary>
public sealed class JobDatabase : IDisposable
{
    private const string FileName = "jobs.db";

    private readonly JobConnections _connections;

    private JobDatabase(JobConnections connections)
    {
        _connections = connections;
        Keys = new ApiKeys(connections);
        Changes = new JobChanges(connections);
    }

    /// <summary>The keys of those who may use the server.</summary>
    public ApiKeys Keys { get; }

    /// <summary>What moves jobs from one state to the next.</summary>
    public JobChanges Changes { get; }

    /// <summary>A number that has grown whenever a change was told: what was found out under it still holds while it stays.</summary>
    public long Version => _connections.Version;

    /// <summary>Opens the jobs of a home; the file is made when it is missing.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <returns>The database.</returns>
    /// <exception cref="StoreException">SQLite is not installed, or the file is damaged, of a newer Assay or cannot be written.</exception>
    public static JobDatabase Open(AssayHome home)
    {
        try
        {
            Directory.CreateDirectory(home.Root);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(home.Root, e);
        }

        return new JobDatabase(JobConnections.Open(Path.Combine(home.Root, FileName)));
    }

    /// <summary>A job.</summary>
    /// <param name="id">Its name.</param>
    /// <returns>The job, or null when there is none.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public JobEntry? Find(string id) => _connections.Read(reader => reader.Query(
        $"SELECT {JobRow.Columns} FROM jobs WHERE id = $id", JobRow.Read, ("$id", id)).FirstOrDefault());

    /// <summary>The job that a run was.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>The job, or null when it was none's.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public JobEntry? OfRun(string runId) => _connections.Read(reader => reader.Query(
        $"SELECT {JobRow.Columns} FROM jobs WHERE run_id = $run", JobRow.Read, ("$run", runId)).FirstOrDefault());

    /// <summary>Jobs, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those with a <see cref="JobEntry.Number"/> below this one; null for all.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<JobEntry> List(JobFilter filter, int limit, long? before = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _connections.Read(reader => List(reader, filter, limit, before));
    }

    /// <summary>Jobs, the newest first, with how many there are of each state at the same moment.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those with a <see cref="JobEntry.Number"/> below this one; null for all.</param>
    /// <returns>The jobs and the counts.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public JobPage Page(JobFilter filter, int limit, long? before = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _connections.Read(reader =>
        {
            JobPage? page = null;
            reader.InSnapshot(() => page = new JobPage(List(reader, filter, limit, before), Counts(reader), Count(reader, filter)));
            return page!;
        });
    }

    /// <summary>How many jobs there are, all as of one moment.</summary>
    /// <returns>By state, a number; every state is there.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyDictionary<JobStatus, long> Counts() => _connections.Read(Counts);

    /// <summary>How many jobs there are.</summary>
    /// <param name="filter">Of which.</param>
    /// <returns>A number.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public long Count(JobFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _connections.Read(reader => Count(reader, filter));
    }

    /// <summary>How many jobs wait that are to run before another.</summary>
    /// <param name="number">The other's number.</param>
    /// <returns>A number.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public long QueuedBefore(long number) => _connections.Read(reader => reader.Number(
        "SELECT count(*) FROM jobs WHERE status = 'queued' AND number < $number", ("$number", number)));

    /// <summary>The ended jobs that need not be kept any longer.</summary>
    /// <param name="endedBefore">Those that ended before this moment.</param>
    /// <param name="keep">And, of the others, the oldest, so that no more than these remain.</param>
    /// <returns>Their names.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<string> Expired(DateTimeOffset endedBefore, long keep) => _connections.Read(reader => reader.Query(
        """
        SELECT id FROM (SELECT id, ended_at, row_number() OVER (ORDER BY number DESC) AS place FROM jobs WHERE ended_at IS NOT NULL)
        WHERE ended_at < $before OR place > $keep
        """,
        row => row.GetString(0),
        ("$before", StateText.Of(endedBefore)),
        ("$keep", keep)));

    /// <summary>Whether what lay in the home before there was this database was taken in.</summary>
    /// <param name="name">What it is called.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public bool IsImported(string name) => _connections.Read(reader =>
        reader.Number("SELECT count(*) FROM imports WHERE name = $name", ("$name", name)) > 0);

    /// <summary>Closes the database.</summary>
    public void Dispose() => _connections.Dispose();

    private static List<JobEntry> List(StateConnection reader, JobFilter filter, int limit, long? before) => reader.Query(
        $"""
        SELECT {JobRow.Columns} FROM jobs
        WHERE ($status IS NULL OR status = $status) AND ($type IS NULL OR type = $type) AND ($pipeline IS NULL OR pipeline = $pipeline)
            AND ($before IS NULL OR number < $before)
        ORDER BY number DESC LIMIT $limit
        """,
        JobRow.Read,
        ("$status", filter.Status is { } status ? JobRow.Text(status) : null),
        ("$type", filter.Type),
        ("$pipeline", filter.Pipeline),
        ("$before", before),
        ("$limit", limit));

    private static long Count(StateConnection reader, JobFilter filter) => reader.Number(
        """
        SELECT count(*) FROM jobs
        WHERE ($status IS NULL OR status = $status) AND ($type IS NULL OR type = $type) AND ($pipeline IS NULL OR pipeline = $pipeline)
        """,
        ("$status", filter.Status is { } status ? JobRow.Text(status) : null),
        ("$type", filter.Type),
        ("$pipeline", filter.Pipeline));

    private static Dictionary<JobStatus, long> Counts(StateConnection reader)
    {
        var counts = Enum.GetValues<JobStatus>().ToDictionary(status => status, _ => 0L);
        foreach ((JobStatus status, long jobs) in reader.Query("SELECT status, count(*) FROM jobs GROUP BY status", row => (JobRow.Status(row.GetString(0)), row.GetInt64(1))))
        {
            counts[status] = jobs;
        }

        return counts;
    }
}
