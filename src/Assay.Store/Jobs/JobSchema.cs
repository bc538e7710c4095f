using System.Globalization;

namespace Assay.Store;

/// <summary>The tables of the jobs' database.</summary>
internal static class JobSchema
{
    /// <summary>One entry a version, each taking the tables from the version before. Entries are only ever added.</summary>
    private static readonly string[] Steps =
    [
        """
        -- number keeps the order in which jobs were asked for; request and results are JSON.
        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            pipeline TEXT NOT NULL,
            type TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
            owner TEXT,
            request TEXT NOT NULL,
            results TEXT,
            run_id TEXT,
            error TEXT,
            error_type TEXT,
            created_at TEXT NOT NULL,
            started_at TEXT,
            ended_at TEXT,
            CHECK ((status = 'completed') = (results IS NOT NULL)),
            CHECK ((status = 'failed') = (error IS NOT NULL)),
            CHECK ((status IN ('completed', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
        ) STRICT;
        CREATE INDEX jobs_by_status ON jobs (status, number);
        CREATE INDEX jobs_by_run ON jobs (run_id) WHERE run_id IS NOT NULL;

        CREATE TABLE idempotency (
            key TEXT PRIMARY KEY,
            request TEXT NOT NULL,
            job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- sha256 is of the whole key: one of 256 random bits needs no salt and no slow hash.
        CREATE TABLE api_keys (
            name TEXT PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('read', 'run', 'admin')),
            sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
            created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE imports (
            name TEXT PRIMARY KEY,
            imported_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings a database up to date.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="path">Its file.</param>
    /// <exception cref="StoreException">A newer Assay wrote it.</exception>
    public static void Migrate(StateConnection connection, string path)
    {
        if (StateSchema.Version(connection) == Steps.Length)
        {
            return;
        }

        // Readers and the writer then never wait for one another. It is kept in the file.
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.InTransaction(() =>
        {
            int version = StateSchema.Version(connection);
            if (version > Steps.Length)
            {
                throw new StoreException(path, $"{path} was written by a newer Assay (its version is {version}, this one knows {Steps.Length}); use that one, or another ASSAY_HOME");
            }

            foreach (string step in Steps.Skip(version))
            {
                connection.Execute(step);
            }

            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Steps.Length}"));
        });
    }
}
