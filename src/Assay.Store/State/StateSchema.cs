using System.Globalization;

namespace Assay.Store;

/// <summary>The tables of the state database, and how an older one becomes today's.</summary>
internal static class StateSchema
{
    /// <summary>One entry a version, each taking the tables from the version before. Entries are only ever added.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE batches (
            pipeline TEXT NOT NULL,
            batch INTEGER NOT NULL CHECK (batch > 0),
            run_id TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('load', 'replay', 'refresh')),
            committed_at TEXT NOT NULL,
            PRIMARY KEY (pipeline, batch)
        ) STRICT, WITHOUT ROWID;

        -- id keeps the order in which the files of one batch were read.
        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            pipeline TEXT NOT NULL,
            source TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            name TEXT NOT NULL,
            format TEXT,
            bytes INTEGER NOT NULL,
            row_count INTEGER NOT NULL,
            batch INTEGER NOT NULL,
            run_id TEXT NOT NULL,
            loaded_at TEXT NOT NULL,
            bronze_path TEXT,
            UNIQUE (pipeline, source, sha256),
            FOREIGN KEY (pipeline, batch) REFERENCES batches (pipeline, batch)
        ) STRICT;

        -- of_run is set where a later run corrects what an earlier one booked; such numbers may be negative.
        CREATE TABLE books (
            pipeline TEXT NOT NULL,
            table_name TEXT NOT NULL,
            run_id TEXT NOT NULL,
            batch INTEGER NOT NULL,
            of_run TEXT,
            rows_read INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            quarantined INTEGER NOT NULL,
            deduplicated INTEGER NOT NULL,
            filtered INTEGER NOT NULL,
            CHECK (rows_read = accepted + quarantined + deduplicated + filtered),
            FOREIGN KEY (pipeline, batch) REFERENCES batches (pipeline, batch)
        ) STRICT;
        CREATE INDEX books_by_table ON books (pipeline, table_name, batch);

        CREATE TABLE checks (
            pipeline TEXT NOT NULL,
            run_id TEXT NOT NULL,
            table_name TEXT NOT NULL,
            name TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('warn', 'error')),
            holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
            observed TEXT,
            expected TEXT,
            checked_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX checks_by_name ON checks (pipeline, name, run_id);

        CREATE TABLE quality (
            pipeline TEXT NOT NULL,
            run_id TEXT NOT NULL,
            score TEXT NOT NULL,
            scored_at TEXT NOT NULL,
            PRIMARY KEY (pipeline, run_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pending (
            id INTEGER PRIMARY KEY,
            pipeline TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('move', 'remove')),
            from_path TEXT NOT NULL,
            to_path TEXT,
            CHECK ((kind = 'move') = (to_path IS NOT NULL))
        ) STRICT;

        CREATE TABLE owners (
            kind TEXT NOT NULL CHECK (kind IN ('silver', 'bronze')),
            name TEXT NOT NULL,
            pipeline TEXT NOT NULL,
            PRIMARY KEY (kind, name)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        -- What was fetched of APIs. base is where an API is, or what stands for that.
        -- An extract is here until the run commits that loads it; fetched_at is set once its last page is there.
        CREATE TABLE extracts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pipeline TEXT NOT NULL,
            source TEXT NOT NULL,
            base TEXT NOT NULL,
            day TEXT NOT NULL,
            started_at TEXT NOT NULL,
            watermark TEXT,
            fetched_at TEXT,
            UNIQUE (pipeline, source, base)
        ) STRICT;

        -- extract is the one that met the page last; loaded_hash is that of the body that silver has from the address.
        CREATE TABLE pages (
            pipeline TEXT NOT NULL,
            source TEXT NOT NULL,
            base TEXT NOT NULL,
            address TEXT NOT NULL,
            part TEXT NOT NULL,
            content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
            bytes INTEGER NOT NULL,
            record_count INTEGER NOT NULL,
            next TEXT,
            total INTEGER,
            watermark TEXT,
            etag TEXT,
            last_modified TEXT,
            fetched_at TEXT NOT NULL,
            bronze_path TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            file_bytes INTEGER NOT NULL,
            extract INTEGER NOT NULL,
            loaded_hash TEXT,
            PRIMARY KEY (pipeline, source, base, address)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE watermarks (
            pipeline TEXT NOT NULL,
            source TEXT NOT NULL,
            base TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (pipeline, source, base)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        -- How a page was read, in other words what its next, total and watermark are worth; NULL when nobody knows.
        ALTER TABLE pages ADD COLUMN reading TEXT;
        """,
        """
        -- By which rules the rows in silver were made; none of a pipeline when nobody knows.
        CREATE TABLE rules (
            pipeline TEXT NOT NULL,
            table_name TEXT NOT NULL,
            rule TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (pipeline, table_name, rule)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>The version that this program knows.</summary>
    public static int Latest => Steps.Length;

    /// <summary>Brings a database up to date; one that is so already is not written to.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="path">Its file.</param>
    /// <exception cref="StoreException">A newer Assay wrote it.</exception>
    public static void Migrate(StateConnection connection, string path)
    {
        if (Version(connection) == Latest)
        {
            return;
        }

        // Readers and the writer then never wait for one another. It is kept in the file.
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.InTransaction(() =>
        {
            int version = Version(connection);
            RequireKnown(version, path);
            foreach (string step in Steps.Skip(version))
            {
                connection.Execute(step);
            }

            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Latest}"));
        });
    }

    /// <summary>Refuses a database of a version that this program does not know.</summary>
    public static void RequireKnown(int version, string path)
    {
        if (version > Latest)
        {
            throw new StoreException(path, $"{path} was written by a newer Assay (its version is {version}, this one knows {Latest}); use that one, or another ASSAY_HOME");
        }
    }

    /// <summary>The version of a database's tables; 0 when it is empty.</summary>
    public static int Version(StateConnection connection) => (int)connection.Number("PRAGMA user_version");
}
