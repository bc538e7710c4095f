using Microsoft.Data.Sqlite;

namespace Assay.Store;

/// <summary>
/// What Assay remembers from run to run, in <c>assay.db</c> (SQLite): the files whose rows are in silver, the books of
/// every batch, what checks found, and the renames that a commit promised.
/// </summary>
/// <remarks>
/// A run changes it by one <see cref="Commit"/>. Silver files are written beside those that readers see; the commit
/// names their renames, which are done after it (<see cref="ApplyPending"/>) or, after a crash, by whoever opens the
/// state next. So the database and silver never disagree for longer than it takes to open it. Runs of one pipeline hold
/// its <see cref="PipelineLock"/>; several pipelines may use the state at once. Not safe for several threads.
/// </remarks>
public sealed class StateDatabase : IDisposable
{
    private readonly AssayHome _home;
    private readonly StateConnection _connection;

    private StateDatabase(AssayHome home, StateConnection connection)
    {
        _home = home;
        _connection = connection;
    }

    /// <summary>Whether renames of an earlier commit are still to be done, so that silver is not what the state says.</summary>
    public bool HasPending => PendingChanges.Any(_connection);

    /// <summary>Opens the state, made when there is none, and does what earlier commits left to do.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="isRebuilding">Whether silver is about to be rebuilt: then renames whose files are lost are passed over.</param>
    /// <returns>The state.</returns>
    /// <exception cref="StoreException">SQLite is not installed, the file is damaged, of a newer Assay or cannot be
    /// written, or a rename cannot be done.</exception>
    public static StateDatabase Open(AssayHome home, bool isRebuilding = false)
    {
        try
        {
            Directory.CreateDirectory(home.Root);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(home.Root, e);
        }

        StateConnection connection = StateConnection.Open(home.StateFile, create: true);
        try
        {
            StateSchema.Migrate(connection, home.StateFile);
            PendingChanges.Apply(connection, home, isRebuilding);
            return new StateDatabase(home, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the state to look into it; nothing is made, and no rename is done.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <returns>The state, or null when there is none.</returns>
    /// <exception cref="StoreException">SQLite is not installed, or the file is damaged, of another version or cannot be opened.</exception>
    public static StateDatabase? OpenToRead(AssayHome home)
    {
        if (!File.Exists(home.StateFile))
        {
            return null;
        }

        StateConnection connection = StateConnection.Open(home.StateFile, create: false);
        try
        {
            connection.Execute("PRAGMA query_only = ON");
            int version = StateSchema.Version(connection);
            StateSchema.RequireKnown(version, home.StateFile);
            if (version == StateSchema.Latest)
            {
                return new StateDatabase(home, connection);
            }

            connection.Dispose();
            return version == 0 ? null : throw new StoreException(home.StateFile, $"{home.StateFile} is of an older Assay; any run brings it up to date");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The files of a pipeline whose rows are in silver, in the order they were read: by batch, then within it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="source">One source of it; null for all.</param>
    /// <returns>The files.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<LoadedFile> LoadedFiles(string pipeline, string? source = null) => _connection.Query(
        """
        SELECT source, sha256, name, bytes, row_count, bronze_path, format, batch, run_id, loaded_at FROM files
        WHERE pipeline = $pipeline AND ($source IS NULL OR source = $source) ORDER BY batch, id
        """,
        row => new LoadedFile(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), Text(row, 5))
        {
            Format = Text(row, 6),
            Batch = row.GetInt64(7),
            RunId = row.GetString(8),
            LoadedAt = StateText.Moment(row.GetString(9)),
        },
        ("$pipeline", pipeline), ("$source", source));

    /// <summary>The number that a pipeline's next batch gets, from 1.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The number.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public long NextBatch(string pipeline) =>
        _connection.Number("SELECT max(batch) FROM batches WHERE pipeline = $pipeline", ("$pipeline", pipeline)) + 1;

    /// <summary>A pipeline's batches, oldest first; those that a refresh took the place of are still listed.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The batches.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<RunBatch> Batches(string pipeline) => _connection.Query(
        "SELECT batch, run_id, kind, committed_at FROM batches WHERE pipeline = $pipeline ORDER BY batch",
        row => new RunBatch(row.GetInt64(0), row.GetString(1), StateText.Batch(row.GetString(2)), StateText.Moment(row.GetString(3))),
        ("$pipeline", pipeline));

    /// <summary>What became of all rows of a table that silver was made from: the sum over its batches since the last
    /// refresh, corrections included.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The table.</param>
    /// <returns>The books; all zero when there are none.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public RunBooks CumulativeBooks(string pipeline, string table) => _connection.Query(
        """
        SELECT coalesce(sum(rows_read), 0), coalesce(sum(accepted), 0), coalesce(sum(quarantined), 0),
            coalesce(sum(deduplicated), 0), coalesce(sum(filtered), 0)
        FROM books WHERE pipeline = $pipeline AND table_name = $table
        """,
        Books,
        ("$pipeline", pipeline), ("$table", table))[0];

    /// <summary>A run's books as they stand: its own entries, with what later runs corrected.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run.</param>
    /// <returns>By table, in the order they were entered; none when a refresh took their place.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<BooksEntry> BooksOf(string pipeline, string runId) => _connection.Query(
        """
        SELECT sum(rows_read), sum(accepted), sum(quarantined), sum(deduplicated), sum(filtered), table_name
        FROM books WHERE pipeline = $pipeline AND coalesce(of_run, run_id) = $run GROUP BY table_name ORDER BY min(rowid)
        """,
        row => new BooksEntry(row.GetString(5), Books(row)),
        ("$pipeline", pipeline), ("$run", runId));

    /// <summary>The rules by which a pipeline's stored rows were made, as its last commit noted them.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The rules, by table and name; none when no commit noted them.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<TableRule> Rules(string pipeline) => _connection.Query(
        "SELECT table_name, rule, fingerprint FROM rules WHERE pipeline = $pipeline ORDER BY table_name, rule",
        row => new TableRule(row.GetString(0), row.GetString(1), row.GetString(2)),
        ("$pipeline", pipeline));

    /// <summary>What checks found, oldest first.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">One check of it; null for all.</param>
    /// <returns>An entry for each check and run.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<CheckEntry> CheckHistory(string pipeline, string? name = null) => _connection.Query(
        """
        SELECT run_id, checked_at, table_name, name, severity, holds, observed, expected FROM checks
        WHERE pipeline = $pipeline AND ($name IS NULL OR name = $name) ORDER BY rowid
        """,
        row => new CheckEntry(row.GetString(0), StateText.Moment(row.GetString(1)), new CheckOutcome(
            row.GetString(2), row.GetString(3), row.GetString(4) == "error" ? CheckSeverity.Error : CheckSeverity.Warn,
            row.GetInt64(5) != 0, Text(row, 6), Text(row, 7))),
        ("$pipeline", pipeline), ("$name", name));

    /// <summary>The scores of a pipeline's runs, oldest first.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<QualityScore> QualityHistory(string pipeline) => _connection.Query(
        "SELECT run_id, scored_at, score FROM quality WHERE pipeline = $pipeline ORDER BY scored_at, run_id",
        row => new QualityScore(row.GetString(0), StateText.Moment(row.GetString(1)), StateText.Number(row.GetString(2))),
        ("$pipeline", pipeline));

    /// <summary>Makes sure that a pipeline alone writes what it writes. Call it before anything is written.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="names">Its tables in silver and its sources in bronze.</param>
    /// <exception cref="StoreException">One of them is another pipeline's.</exception>
    public void Claim(string pipeline, IReadOnlyList<OwnedName> names) => _connection.InTransaction(() =>
    {
        foreach (OwnedName name in names)
        {
            string kind = StateText.Of(name.Kind);
            _connection.Execute(
                "INSERT INTO owners VALUES ($kind, $name, $pipeline) ON CONFLICT DO NOTHING",
                ("$kind", kind), ("$name", name.Name), ("$pipeline", pipeline));
            RequireOwner(pipeline, name, Owner(name));
        }
    });

    /// <summary>Makes sure that no other pipeline writes what a pipeline is to write, without claiming it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="names">Its tables in silver and its sources in bronze.</param>
    /// <exception cref="StoreException">One of them is another pipeline's.</exception>
    public void RequireFree(string pipeline, IReadOnlyList<OwnedName> names)
    {
        foreach (OwnedName name in names)
        {
            RequireOwner(pipeline, name, Owner(name) ?? pipeline);
        }
    }

    /// <summary>Writes all that a run changes, as one; files that are to be renamed must be on the disk by then, as those
    /// of a <see cref="SilverChange"/> are. Then call <see cref="ApplyPending"/>.</summary>
    /// <param name="commit">The changes.</param>
    /// <exception cref="ArgumentException">Its books do not balance.</exception>
    /// <exception cref="StoreException">It could not be written, or another run committed meanwhile: nothing has changed.</exception>
    public void Commit(RunCommit commit)
    {
        if (commit.Books.FirstOrDefault(entry => !entry.Books.Balance) is { } wrong)
        {
            throw new ArgumentException($"The books of {wrong.Table} do not balance: {wrong.Books}.", nameof(commit));
        }

        PendingChanges.RequireStaged(commit.Changes, _home);
        _connection.InTransaction(() => StateWriter.Write(_connection, commit, _home.StateFile));
    }

    /// <summary>Does the renames and removals that commits promised; done already, it does nothing.</summary>
    /// <exception cref="StoreException">One of them cannot be done; the next to open the state tries again.</exception>
    public void ApplyPending() => PendingChanges.Apply(_connection, _home, isRebuilding: false);

    /// <summary>Notes what the checks of a run found that commits nothing, as one of them forbids it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run.</param>
    /// <param name="at">The time.</param>
    /// <param name="checks">What they found.</param>
    /// <param name="score">The score of the data, when there is one.</param>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void RecordChecks(string pipeline, string runId, DateTimeOffset at, IReadOnlyList<CheckOutcome> checks, decimal? score = null) =>
        _connection.InTransaction(() =>
        {
            StateWriter.WriteChecks(_connection, pipeline, runId, at, checks);
            if (score is { } number)
            {
                StateWriter.WriteScore(_connection, pipeline, new QualityScore(runId, at, number));
            }
        });

    /// <summary>How many pages an extract has that was not committed.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <returns>The number; 0 when there is no such extract.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public long UnfinishedPages(PageOwner owner) => _connection.Number(
        """
        SELECT count(*) FROM pages JOIN extracts ON extracts.id = pages.extract
        WHERE pages.pipeline = $pipeline AND pages.source = $source AND pages.base = $base
        """,
        ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base));

    /// <summary>Where the pages lie that are known of a source: they may be needed again, whether or not silver has them.</summary>
    internal IReadOnlyList<string> PagePaths(string pipeline, string source) => _connection.Query(
        "SELECT DISTINCT bronze_path FROM pages WHERE pipeline = $pipeline AND source = $source",
        row => row.GetString(0),
        ("$pipeline", pipeline), ("$source", source));

    /// <summary>Notes that the bytes of files are about to be removed from bronze; they stay known as seen.</summary>
    internal void ForgetBronze(string pipeline, IReadOnlyList<LoadedFile> files) => _connection.InTransaction(() =>
    {
        foreach (LoadedFile file in files)
        {
            _connection.Execute(
                "UPDATE files SET bronze_path = NULL WHERE pipeline = $pipeline AND source = $source AND sha256 = $sha256",
                ("$pipeline", pipeline), ("$source", file.Source), ("$sha256", file.Sha256));
        }
    });

    /// <summary>Closes the database.</summary>
    public void Dispose() => _connection.Dispose();

    private string? Owner(OwnedName name) => _connection.Query(
        "SELECT pipeline FROM owners WHERE kind = $kind AND name = $name",
        row => row.GetString(0),
        ("$kind", StateText.Of(name.Kind)), ("$name", name.Name)).FirstOrDefault();

    private void RequireOwner(string pipeline, OwnedName name, string? owner)
    {
        if (owner != pipeline)
        {
            string what = name.Kind == OwnedKind.Silver ? "table" : "source";
            throw new StoreException(
                _home.StateFile,
                $"{StateText.Of(name.Kind)}/{name.Name} belongs to the pipeline `{owner}`, so `{pipeline}` cannot write it; give the {what} another name, or set ASSAY_HOME to a folder of its own");
        }
    }

    private static RunBooks Books(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
