using System.Globalization;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>
/// Writes a copy of a file's raw records as Parquet, into <c>&lt;file&gt;.records/part-*.parquet</c>: the fields as text, as
/// they were, then <c>_source_file, _row, _offset, _length, _ingested_at, _batch</c>. Workers append the rows of whole
/// batches in any order (<see cref="OpenWorker"/>).
/// </summary>
/// <remarks>
/// A part holds the rows of a fixed range in their order, and is written as soon as all of them are there: memory
/// holds about a part a worker, and the files' bytes depend neither on the number of workers nor on the
/// size of blocks. The folder has a hidden name until <see cref="Complete"/>. Safe for several threads.
/// </remarks>
public sealed class RecordsWriter : IDisposable
{
    /// <summary>Two of DuckDB's row groups: large enough to pack well, and some 40 MB while it is filled.</summary>
    internal const int RowsPerPart = 245_760;

    private readonly Lock _gate = new();
    private readonly string _raw;
    private readonly string _sourceFile;
    private readonly RecordsColumns _columns;
    private readonly BronzeBatch _batch;
    private readonly string _partial;
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    /// <summary>By part, the rows that its table holds.</summary>
    private readonly Dictionary<long, long> _parts = [];
    private bool _completed;

    private RecordsWriter(string raw, string sourceFile, RecordsColumns columns, BronzeBatch batch, int rowsPerPart, DuckDbDatabase database)
    {
        _raw = raw;
        _sourceFile = sourceFile;
        _columns = columns;
        _batch = batch;
        PartRows = rowsPerPart;
        _partial = Path.Combine(Path.GetDirectoryName(raw)!, $".{Path.GetFileName(raw)}{BronzeFolder.RecordsSuffix}");
        _database = database;
        _connection = database.Connect();
    }

    /// <summary>How many rows a part has, but for the last.</summary>
    internal int PartRows { get; }

    /// <summary>The file whose records they are.</summary>
    internal string Raw => _raw;

    /// <summary>How many fields a record has.</summary>
    internal int Fields => _columns.Fields;

    /// <summary>Opens the copy of a file's records; one that was left before is written anew.</summary>
    /// <param name="file">The file, which lies in bronze.</param>
    /// <param name="fields">The fields' names, in the order of the batches' columns; names that DuckDB does not tell apart get a number.</param>
    /// <param name="batch">What the file is loaded for.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="ArgumentException">The file was seen before, and is not to be read.</exception>
    /// <exception cref="StoreException">The folder cannot be made, or DuckDB's library is missing.</exception>
    public static RecordsWriter Open(LandedFile file, IReadOnlyList<string> fields, BronzeBatch batch) => Open(
        file.Path ?? throw new ArgumentException($"{file.Origin} was seen before.", nameof(file)), file.Origin, fields, batch, RowsPerPart);

    internal static RecordsWriter Open(string raw, string sourceFile, IReadOnlyList<string> fields, BronzeBatch batch, int rowsPerPart)
    {
        RecordsWriter? writer = null;
        try
        {
            // The workers are all the threads that are wanted.
            writer = new RecordsWriter(
                raw, sourceFile, new RecordsColumns(fields), batch, rowsPerPart, DuckDbDatabase.Open(options: new DuckDbOptions { Threads = 1 }));
            if (Directory.Exists(writer._partial))
            {
                Directory.Delete(writer._partial, recursive: true);
            }

            Directory.CreateDirectory(writer._partial);
            return writer;
        }
        catch (Exception e) when (StoreException.Explains(e) || e is DuckDbException)
        {
            writer?.Dispose();
            throw Explain(raw, e);
        }
    }

    /// <summary>Opens a way to append rows, for one thread.</summary>
    /// <returns>The worker; call <see cref="RecordsWorker.Finish"/> after its last row, and before <see cref="Complete"/>.</returns>
    /// <exception cref="StoreException">DuckDB gave no connection.</exception>
    public RecordsWorker OpenWorker()
    {
        try
        {
            return new RecordsWorker(this, _database.Connect());
        }
        catch (DuckDbException e)
        {
            throw Explain(_raw, e);
        }
    }

    /// <summary>Writes the last part and puts the folder in place. Call it once, when every worker is done.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void Complete()
    {
        try
        {
            foreach (long part in _parts.Keys.Order().ToList())
            {
                Export(part, _connection);
            }

            string folder = _raw + BronzeFolder.RecordsSuffix;
            GoldFolder.Sync(_partial);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(_partial, folder);
            _completed = true;
            Durable.SyncFolder(Path.GetDirectoryName(folder)!);
        }
        catch (Exception e) when (StoreException.Explains(e) || e is DuckDbException)
        {
            throw Explain(_raw, e);
        }
    }

    /// <summary>Closes it; a copy that was not completed is removed.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        if (!_completed && Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    /// <summary>The table of a part, made when it is the part's first use.</summary>
    internal string Table(long part)
    {
        lock (_gate)
        {
            string table = NameOf(part);
            if (_parts.TryAdd(part, 0))
            {
                _connection.Execute(_columns.Create(table));
            }

            return table;
        }
    }

    /// <summary>Notes rows that a part's table has got; whoever brings the last one writes the part.</summary>
    internal void Added(long part, long rows, DuckDbConnection connection)
    {
        lock (_gate)
        {
            if ((_parts[part] += rows) < PartRows)
            {
                return;
            }

            _parts.Remove(part);
        }

        Export(part, connection);
    }

    /// <summary>Says in plain words why the copy could not be written.</summary>
    internal static StoreException Explain(string path, Exception cause) => cause is DuckDbException
        ? cause.Message.Contains("No space left", StringComparison.Ordinal)
            ? new StoreException(path, $"no space left on {path}: the published gold is untouched; free space or set ASSAY_HOME", cause)
            : new StoreException(path, $"the records of {path} cannot be kept: {cause.Message}", cause)
        : StoreException.For(path, cause);

    private static string NameOf(long part) => string.Create(CultureInfo.InvariantCulture, $"part-{part:000000}");

    private void Export(long part, DuckDbConnection connection)
    {
        string table = NameOf(part);
        connection.Execute(_columns.Copy(table, Path.Combine(_partial, table + ".parquet"), _sourceFile, _batch));
        lock (_gate)
        {
            _connection.Execute($"DROP TABLE {DuckDbSql.Identifier(table)}");
        }
    }
}
