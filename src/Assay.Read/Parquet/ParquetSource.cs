using System.Runtime.ExceptionServices;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Read;

/// <summary>
/// One or more Parquet files with the same needed columns, read once from start to end by any number of
/// <see cref="ParquetCursor"/>s, through DuckDB's library. Memory does not grow with the input.
/// </summary>
/// <remarks>
/// A column is a path into the row, as for <see cref="JsonSource"/>: <c>address.city</c>, <c>tags.0</c>. Values are given as
/// text: decimals plainly, whole floating-point numbers without a point, true and false, dates as <c>yyyy-MM-dd</c>,
/// timestamps as <c>yyyy-MM-ddTHH:mm:ss</c> with as many digits of a fraction as they have, and with a <c>Z</c> when they
/// are moments of UTC; structs, lists and maps as JSON; null is missing. A record's raw text is the row as JSON on one
/// line. Records have numbers, but no places in the file: <see cref="FieldBatch.Offset"/> says nothing.
/// <para>
/// <see cref="FaultCode.FieldTooLong"/> and <see cref="FaultCode.RecordTooLong"/> are the only faults; such records have no
/// fields, and the first 1,024 bytes of their raw text.
/// </para>
/// </remarks>
public sealed class ParquetSource : IRecordSource
{
    private readonly ParquetOptions _options;
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;
    private readonly ParquetReader _reader;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ExceptionDispatchInfo? _failure;

    private ParquetSource(
        string name,
        ParquetFile[] files,
        IReadOnlyList<string> columns,
        ParquetOptions options,
        DuckDbDatabase database,
        DuckDbConnection connection)
    {
        Name = name;
        Files = [.. files.Select(file => file.Name)];
        Columns = columns;
        ExtraColumns = [.. files.SelectMany(file => file.Extra).Distinct(StringComparer.Ordinal)];
        ExtraFields = [.. ExtraColumns.Select(name => new ExtraField(name, Array.FindIndex(files, file => file.Extra.Contains(name))))];
        Lacking = [.. columns.Where((_, i) => Array.Exists(files, file => file.Places[i] < 0))];
        TotalBytes = files.Sum(file => file.Length);
        _options = options;
        _database = database;
        _connection = connection;
        _reader = new ParquetReader(connection, files, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The files' own columns that lead to none asked for, each once.</summary>
    public IReadOnlyList<string> ExtraColumns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ExtraField> ExtraFields { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Lacking { get; }

    /// <inheritdoc/>
    public long? TotalBytes { get; }

    /// <summary>About how many bytes of the files are behind in this pass, by their rows. Readable from any thread.</summary>
    public long BytesRead => _reader.BytesRead;

    /// <inheritdoc/>
    public bool CanRewind => true;

    /// <summary>None: a file that is damaged ends the run.</summary>
    public IReadOnlyList<IncompleteFile> Incomplete => [];

    /// <summary>Opens files and reads their footers.</summary>
    /// <param name="files">The files, in reading order.</param>
    /// <param name="columns">The paths of the columns that are needed, each once; every file must have them all.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <param name="names">What to call each file; its path when left out.</param>
    /// <returns>The source, before its first record.</returns>
    /// <exception cref="ReadException">A file is missing, unreadable or no Parquet file, or lacks a column.</exception>
    /// <exception cref="DuckDbException">DuckDB's library is missing.</exception>
    /// <exception cref="ArgumentException">There are no files, a path is malformed, or two columns are one place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static ParquetSource Open(
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        ParquetOptions options,
        string sourceName,
        IReadOnlyList<string>? names = null)
    {
        options.Validate();
        _ = JsonNode.Of(columns);
        if (files.Count == 0)
        {
            throw new ArgumentException("There are no files to read.", nameof(files));
        }

        DuckDbDatabase database = DuckDbDatabase.Open(path: null, new DuckDbOptions { Threads = options.Threads });
        DuckDbConnection? connection = null;
        try
        {
            connection = database.Connect();
            var opened = new ParquetFile[files.Count];
            for (int i = 0; i < opened.Length; i++)
            {
                opened[i] = ParquetFile.Open(connection, sourceName, files[i], names?[i] ?? files[i], columns, options.OptionalColumns);
            }

            return new ParquetSource(sourceName, opened, columns, options, database, connection);
        }
        catch
        {
            connection?.Dispose();
            database.Dispose();
            throw;
        }
    }

    /// <summary>Makes a cursor: one for each thread that is to read.</summary>
    /// <returns>The cursor, before its first block.</returns>
    public ParquetCursor OpenCursor() => new(this, _options);

    /// <inheritdoc/>
    IRecordCursor IRecordSource.OpenCursor() => OpenCursor();

    /// <summary>Makes a batch for a cursor to fill.</summary>
    /// <returns>An empty batch of <see cref="ParquetOptions.BatchSize"/> records.</returns>
    public FieldBatch NewBatch() => new(Columns.Count, _options.BatchSize);

    /// <summary>Goes back to the first record. No cursor may be reading; cursors stay good for the new pass.</summary>
    public void Rewind()
    {
        _reader.Rewind();
        _failure = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _connection.Dispose();
        _database.Dispose();
        _turn.Dispose();
    }

    /// <summary>The serial step, one worker at a time.</summary>
    internal bool Take(ParquetBlock block, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        try
        {
            _failure?.Throw();
            return _reader.Read(block, cancellation);
        }
        catch (Exception error)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
