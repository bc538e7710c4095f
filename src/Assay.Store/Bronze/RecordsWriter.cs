using System.Collections.Concurrent;
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
    /// <summary>Two row groups: large enough to pack well, and some 40 MB while it is filled.</summary>
    internal const int RowsPerPart = 2 * ParquetFileWriter.GroupRows;

    private const int ChunkBytes = 256 << 10;

    private readonly Lock _gate = new();
    private readonly string _raw;
    private readonly IReadOnlyList<ParquetColumn> _columns;
    private readonly Lazy<(ParquetCells SourceFile, ParquetCells Taken, ParquetCells Batch)> _same;
    private readonly string _partial;
    private readonly ConcurrentBag<byte[]> _spareChunks = [];
    private readonly ConcurrentBag<RecordsPart> _spareParts = [];

    /// <summary>The parts that rows are missing of.</summary>
    private readonly Dictionary<long, RecordsPart> _parts = [];
    private bool _completed;

    private RecordsWriter(string raw, string sourceFile, RecordsColumns columns, BronzeBatch batch, int rowsPerPart)
    {
        _raw = raw;
        _columns = columns.ToParquet();
        _same = new(() => RecordsColumns.Same(sourceFile, batch, rowsPerPart));
        Fields = columns.Fields;
        PartRows = rowsPerPart;
        _partial = Path.Combine(Path.GetDirectoryName(raw)!, $".{Path.GetFileName(raw)}{BronzeFolder.RecordsSuffix}");
    }

    /// <summary>How many rows a part has, but for the last.</summary>
    internal int PartRows { get; }

    /// <summary>The file whose records they are.</summary>
    internal string Raw => _raw;

    /// <summary>How many fields a record has.</summary>
    internal int Fields { get; }

    /// <summary>Opens the copy of a file's records; one that was left before is written anew.</summary>
    /// <param name="file">The file, which lies in bronze.</param>
    /// <param name="fields">The fields' names, in the order of the batches' columns; names that DuckDB does not tell apart get a number.</param>
    /// <param name="batch">What the file is loaded for.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="ArgumentException">The file was seen before, and is not to be read.</exception>
    /// <exception cref="StoreException">The folder cannot be made.</exception>
    public static RecordsWriter Open(LandedFile file, IReadOnlyList<string> fields, BronzeBatch batch) => Open(
        file.Path ?? throw new ArgumentException($"{file.Origin} was seen before.", nameof(file)), file.Origin, fields, batch, RowsPerPart);

    internal static RecordsWriter Open(string raw, string sourceFile, IReadOnlyList<string> fields, BronzeBatch batch, int rowsPerPart)
    {
        try
        {
            var writer = new RecordsWriter(raw, sourceFile, new RecordsColumns(fields), batch, rowsPerPart);
            if (Directory.Exists(writer._partial))
            {
                Directory.Delete(writer._partial, recursive: true);
            }

            Directory.CreateDirectory(writer._partial);
            return writer;
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw Explain(raw, e);
        }
    }

    /// <summary>Opens a way to append rows, for one thread.</summary>
    /// <returns>The worker; call <see cref="RecordsWorker.Finish"/> after its last row, and before <see cref="Complete"/>.</returns>
    public RecordsWorker OpenWorker() => new(this);

    /// <summary>Writes the last part and puts the folder in place. Call it once, when every worker is done.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void Complete()
    {
        try
        {
            using (var encoder = new ParquetEncoder())
            {
                foreach ((long part, RecordsPart records) in _parts.OrderBy(pair => pair.Key))
                {
                    Export(part, records, encoder);
                }
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
        if (!_completed && Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    /// <summary>The rows of a part, which is empty at its first use.</summary>
    internal RecordsPart Part(long part)
    {
        lock (_gate)
        {
            if (!_parts.TryGetValue(part, out RecordsPart? records))
            {
                _parts.Add(part, records = _spareParts.TryTake(out RecordsPart? spare) ? spare : new RecordsPart(Fields, PartRows));
            }

            return records;
        }
    }

    /// <summary>Room for texts of at least some bytes, which holds anything.</summary>
    internal byte[] TakeChunk(int bytes) =>
        bytes <= ChunkBytes && _spareChunks.TryTake(out byte[]? spare) ? spare : GC.AllocateUninitializedArray<byte>(Math.Max(bytes, ChunkBytes));

    /// <summary>Notes rows that a part has got; whoever brings the last one writes the part.</summary>
    internal void Added(long part, RecordsPart records, int rows, ParquetEncoder encoder)
    {
        lock (_gate)
        {
            if ((records.Rows += rows) < PartRows)
            {
                return;
            }

            _parts.Remove(part);
        }

        Export(part, records, encoder);
    }

    /// <summary>Says in plain words why the copy could not be written.</summary>
    internal static StoreException Explain(string path, Exception cause) => cause is DuckDbException
        ? new StoreException(path, $"the records of {path} cannot be kept: {cause.Message}", cause)
        : StoreException.For(path, cause);

    private void Export(long part, RecordsPart records, ParquetEncoder encoder)
    {
        string path = Path.Combine(_partial, string.Create(CultureInfo.InvariantCulture, $"part-{part:000000}.parquet"));
        (ParquetCells sourceFile, ParquetCells taken, ParquetCells batch) = _same.Value;
        ParquetCells[] cells = [.. records.Fields, sourceFile, records.Numbers, records.Offsets, records.RecordLengths, taken, batch];
        using (var file = new ParquetFileWriter(path, _columns, encoder))
        {
            for (int from = 0; from < records.Rows; from += ParquetFileWriter.GroupRows)
            {
                file.Write(cells, from..Math.Min(from + ParquetFileWriter.GroupRows, records.Rows));
            }

            file.Complete();
        }

        foreach (byte[] chunk in records.Chunks.Where(chunk => chunk.Length == ChunkBytes))
        {
            _spareChunks.Add(chunk);
        }

        records.Clear();
        _spareParts.Add(records);
    }
}
