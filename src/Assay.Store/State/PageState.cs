using Microsoft.Data.Sqlite;

namespace Assay.Store;

/// <summary>
/// What the state knows of pages while they are fetched: each is noted as it comes, so that an interrupted extract goes
/// on where it was. What they are to silver changes by a run's commit alone (<see cref="RunCommit.Extracts"/>). Safe for several threads.
/// </summary>
/// <remarks>An end of the process loses nothing; a power failure may lose the last notes, and those pages are fetched again.</remarks>
public sealed class PageState : IDisposable
{
    private const string Columns =
        "address, part, content_hash, bytes, record_count, next, total, watermark, etag, last_modified, fetched_at, bronze_path, sha256, file_bytes, extract, loaded_hash, reading";

    private readonly Lock _gate = new();
    private readonly StateConnection _connection;

    private PageState(StateConnection connection) => _connection = connection;

    /// <summary>Opens the pages of a state.</summary>
    /// <param name="home">Where the data is kept; its state is open, and so there, see <see cref="StateDatabase.Open"/>.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static PageState Open(AssayHome home)
    {
        StateConnection connection = StateConnection.Open(home.StateFile, create: false);
        try
        {
            // Waiting for the disk at each page would take longer than fetching it.
            connection.Execute("PRAGMA synchronous = NORMAL");

            // Pages are found by their address, and those in use are few: the rest of them need not stay in memory.
            connection.Execute("PRAGMA cache_size = -256");
            return new PageState(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a source's extract, or begins one.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="day">The day whose folder the pages of a new one go to.</param>
    /// <param name="now">The time.</param>
    /// <param name="isOver">Whether an unfinished one is given up, and another begun.</param>
    /// <returns>The extract. A new one begins with the watermark of the last that was committed.</returns>
    /// <exception cref="StoreException">It cannot be read or written.</exception>
    public PageExtract Begin(PageOwner owner, DateOnly day, DateTimeOffset now, Func<PageExtract, bool> isOver)
    {
        lock (_gate)
        {
            PageExtract? extract = null;
            _connection.InTransaction(() =>
            {
                extract = Unfinished(owner);
                if (extract is not null && !isOver(extract))
                {
                    return;
                }

                _connection.Execute(
                    "DELETE FROM extracts WHERE pipeline = $pipeline AND source = $source AND base = $base",
                    ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base));
                _connection.Execute(
                    """
                    INSERT INTO extracts (pipeline, source, base, day, started_at, watermark)
                    SELECT $pipeline, $source, $base, $day, $now,
                        (SELECT value FROM watermarks WHERE pipeline = $pipeline AND source = $source AND base = $base)
                    """,
                    ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$day", StateText.Of(day)), ("$now", StateText.Of(now)));
                extract = Unfinished(owner);
            });
            return extract!;
        }
    }

    /// <summary>The extract of a source that is not committed.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <returns>The extract, or null when there is none.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public PageExtract? Find(PageOwner owner)
    {
        lock (_gate)
        {
            return Unfinished(owner);
        }
    }

    /// <summary>Notes that the last page of an extract is there.</summary>
    /// <param name="extract">Its number.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Complete(long extract, DateTimeOffset now)
    {
        lock (_gate)
        {
            _connection.Execute("UPDATE extracts SET fetched_at = $now WHERE id = $id", ("$now", StateText.Of(now)), ("$id", extract));
        }
    }

    /// <summary>Takes a page out of its extract, which went on without it: the commit does not load it then.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="address">The address.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Release(PageOwner owner, string address)
    {
        lock (_gate)
        {
            _connection.Execute(
                "UPDATE pages SET extract = 0 WHERE pipeline = $pipeline AND source = $source AND base = $base AND address = $address",
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$address", address));
        }
    }

    /// <summary>Ends an extract that will not be committed: its pages are asked for again, those that the API says are
    /// unchanged are used again.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="extract">Its number.</param>
    /// <param name="isStale">Whether they are asked for however young they are.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void End(PageOwner owner, long extract, bool isStale)
    {
        lock (_gate)
        {
            _connection.InTransaction(() =>
            {
                _connection.Execute("DELETE FROM extracts WHERE id = $id", ("$id", extract));
                if (isStale)
                {
                    _connection.Execute(
                        "UPDATE pages SET fetched_at = $never WHERE pipeline = $pipeline AND source = $source AND base = $base AND extract = $id",
                        ("$never", StateText.Of(DateTimeOffset.UnixEpoch)),
                        ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$id", extract));
                }
            });
        }
    }

    /// <summary>The page that is kept of an address.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="address">The address.</param>
    /// <returns>The page, or null when there is none.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public StoredPage? Find(PageOwner owner, string address)
    {
        lock (_gate)
        {
            return _connection.Query(
                $"SELECT {Columns} FROM pages WHERE pipeline = $pipeline AND source = $source AND base = $base AND address = $address",
                Page,
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$address", address)).FirstOrDefault();
        }
    }

    /// <summary>Goes through the pages of a source in reading order, holding one at a time: there may be any number of them.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="extract">The extract that met them last; null for whichever.</param>
    /// <param name="visit">Is told of each. Nobody else gets at the pages meanwhile, so it returns soon, and changes none.</param>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public void Visit(PageOwner owner, long? extract, Action<StoredPage> visit)
    {
        lock (_gate)
        {
            _connection.Visit(
                $"SELECT {Columns} FROM pages WHERE pipeline = $pipeline AND source = $source AND base = $base AND extract = ifnull($extract, extract) ORDER BY part, address",
                row => visit(Page(row)),
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$extract", extract));
        }
    }

    /// <summary>Goes through the files of a source's pages, in no order.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="visit">Is told the SHA-256 of each, and the extract that met its page last; returns soon.</param>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public void VisitFiles(PageOwner owner, Action<string, long> visit)
    {
        lock (_gate)
        {
            _connection.Visit(
                "SELECT sha256, extract FROM pages WHERE pipeline = $pipeline AND source = $source AND base = $base",
                row => visit(row.GetString(0), row.GetInt64(1)),
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base));
        }
    }

    /// <summary>Whether pages of a source are known.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public bool Any(PageOwner owner)
    {
        lock (_gate)
        {
            return _connection.Number(
                "SELECT EXISTS (SELECT 1 FROM pages WHERE pipeline = $pipeline AND source = $source AND base = $base)",
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base)) != 0;
        }
    }

    /// <summary>How far the commits of a source came.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <returns>The watermark, or null when there is none.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public string? Watermark(PageOwner owner)
    {
        lock (_gate)
        {
            return _connection.Query(
                "SELECT value FROM watermarks WHERE pipeline = $pipeline AND source = $source AND base = $base",
                row => row.GetString(0),
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base)).FirstOrDefault();
        }
    }

    /// <summary>Notes a page, in the place of what was known of its address. What silver has of it stays as it is.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="page">The page; its <see cref="StoredPage.LoadedHash"/> is taken only when nothing is known of the address.</param>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Keep(PageOwner owner, StoredPage page)
    {
        lock (_gate)
        {
            _connection.Execute(
                $"""
                INSERT INTO pages (pipeline, source, base, {Columns})
                VALUES ($pipeline, $source, $base, $address, $part, $content, $bytes, $records, $next, $total, $watermark, $etag, $modified, $fetched,
                    $path, $sha256, $fileBytes, $extract, $loaded, $reading)
                ON CONFLICT DO UPDATE SET part = excluded.part, content_hash = excluded.content_hash, bytes = excluded.bytes,
                    record_count = excluded.record_count, next = excluded.next, total = excluded.total, watermark = excluded.watermark,
                    etag = excluded.etag, last_modified = excluded.last_modified, fetched_at = excluded.fetched_at,
                    bronze_path = excluded.bronze_path, sha256 = excluded.sha256, file_bytes = excluded.file_bytes, extract = excluded.extract,
                    reading = excluded.reading
                """,
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base),
                ("$address", page.Address), ("$part", page.Part), ("$content", page.ContentHash), ("$bytes", page.Bytes), ("$records", page.Records),
                ("$next", page.Next), ("$total", page.Total), ("$watermark", page.Watermark), ("$etag", page.ETag), ("$modified", page.LastModified),
                ("$fetched", StateText.Of(page.Fetched)), ("$path", page.File.BronzePath), ("$sha256", page.File.Sha256), ("$fileBytes", page.File.Bytes),
                ("$extract", page.Extract), ("$loaded", page.LoadedHash), ("$reading", page.Reading));
        }
    }

    /// <summary>Closes the database.</summary>
    public void Dispose() => _connection.Dispose();

    private PageExtract? Unfinished(PageOwner owner) => _connection.Query(
        "SELECT id, day, started_at, watermark, fetched_at FROM extracts WHERE pipeline = $pipeline AND source = $source AND base = $base",
        row => new PageExtract(
            row.GetInt64(0), StateText.Day(row.GetString(1)), StateText.Moment(row.GetString(2)), Text(row, 3),
            row.IsDBNull(4) ? null : StateText.Moment(row.GetString(4))),
        ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base)).FirstOrDefault();

    private static StoredPage Page(SqliteDataReader row) => new()
    {
        Address = row.GetString(0),
        Part = row.GetString(1),
        ContentHash = row.GetString(2),
        Bytes = row.GetInt64(3),
        Records = row.GetInt64(4),
        Next = Text(row, 5),
        Total = row.IsDBNull(6) ? null : row.GetInt64(6),
        Watermark = Text(row, 7),
        ETag = Text(row, 8),
        LastModified = Text(row, 9),
        Fetched = StateText.Moment(row.GetString(10)),
        File = new PageFile(row.GetString(11), row.GetString(12), row.GetInt64(13)),
        Extract = row.GetInt64(14),
        LoadedHash = Text(row, 15),
        Reading = Text(row, 16),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
