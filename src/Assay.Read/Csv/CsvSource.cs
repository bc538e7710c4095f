using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One or more CSV files with the same needed columns, or a stream, read once from start to end by any number of
/// <see cref="CsvCursor"/>s. Memory does not grow with the input: each cursor holds one block.
/// </summary>
/// <remarks>
/// A record ends at LF, and one CR before it is not content. A field whose first byte is a quote runs to the closing
/// quote; <c>""</c> inside is one quote, and delimiters and line ends inside are content (RFC 4180). A quote anywhere
/// else is plain text. Blank lines are passed over. What is wrong with a record is a fault of that record, and reading
/// takes up again at the next line: see <see cref="FaultCode"/>, from <see cref="FaultCode.ShortRow"/> to
/// <see cref="FaultCode.InvalidUtf8"/>. A record with <see cref="FaultCode.ShortRow"/>, <see cref="FaultCode.LongRow"/> or
/// <see cref="FaultCode.InvalidUtf8"/> still has its fields; others have none. Of a record with
/// <see cref="FaultCode.FieldTooLong"/> or <see cref="FaultCode.RecordTooLong"/>, and of a
/// <see cref="FaultCode.BadQuote"/> past the record limit, the first 1,024 bytes are kept as its raw text.
/// </remarks>
public sealed class CsvSource : IRecordSource
{
    private readonly CsvOptions _options;
    private readonly CsvFile[] _files;
    private readonly BlockReader _reader;
    private readonly RowLedger _ledger = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    private CsvSource(string name, CsvFile[] files, IReadOnlyList<string> columns, CsvOptions options)
    {
        Name = name;
        Files = [.. files.Select(file => file.Name)];
        Columns = columns;
        ExtraColumns = [.. files.SelectMany(file => file.Extra).Distinct(StringComparer.Ordinal)];
        ExtraFields = [.. ExtraColumns.Select(name => new ExtraField(name, Array.FindIndex(files, file => file.Extra.Contains(name))))];
        Lacking = [.. columns.Where((_, i) => files.Any(file => file.Layout.Ordinals[i] == CsvLayout.Nowhere))];
        TotalBytes = files.Any(file => file.Length is null) ? null : files.Sum(file => file.Length);
        CanRewind = files.All(file => file.CanRewind);
        _files = files;
        _options = options;
        _reader = new BlockReader(files, options);
    }

    /// <summary>The source's name in the pipeline.</summary>
    public string Name { get; }

    /// <summary>The files, in reading order; a batch's <see cref="FieldBatch.File"/> is a place in it.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The columns that batches have, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The first file's header as it is written there, without its line end.</summary>
    public string Header => _files[0].Header;

    /// <summary>The character between the first file's fields.</summary>
    public char Delimiter => (char)_files[0].Layout.Delimiter;

    /// <summary>Whether the files are UTF-8, so that places in their text are places in the files, unless they are packed.</summary>
    public bool IsUtf8 => _files.All(file => file.IsUtf8);

    /// <summary>The columns that the files have besides, each once.</summary>
    public IReadOnlyList<string> ExtraColumns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ExtraField> ExtraFields { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Lacking { get; }

    /// <summary>The bytes of all files as they are on disk; null when that is not known, as for a stream.</summary>
    public long? TotalBytes { get; }

    /// <summary>The bytes read so far in this pass, as they are on disk. Readable from any thread.</summary>
    public long BytesRead => _reader.BytesRead;

    /// <summary>Whether <see cref="Rewind"/> can start again: not when there is a stream or a pipe among the files.</summary>
    public bool CanRewind { get; }

    /// <summary>None: a record that is cut off is a fault of that record.</summary>
    public IReadOnlyList<IncompleteFile> Incomplete => [];

    /// <summary>Opens files and reads their headers.</summary>
    /// <param name="files">The files, in reading order; plain or gzip, which is found out.</param>
    /// <param name="columns">The columns that are needed, each once; every file must have them all, in any order (but see <see cref="CsvOptions.OptionalColumns"/>).</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <param name="names">What to call each file; its path when left out.</param>
    /// <returns>The source, before its first record.</returns>
    /// <exception cref="ReadException">A file is missing, unreadable or empty, or lacks a column.</exception>
    /// <exception cref="ArgumentException">There are no files, or a column is asked for twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static CsvSource Open(
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        CsvOptions options,
        string sourceName,
        IReadOnlyList<string>? names = null)
    {
        Check(columns, options);
        CsvFile[] opened = OpenedFiles.All(files, i => CsvFile.Open(sourceName, files[i], columns, options, names?[i]));
        return new CsvSource(sourceName, opened, columns, options);
    }

    /// <summary>Takes a stream, such as the standard input, and reads its header.</summary>
    /// <param name="stream">The stream, plain or gzip; disposed with the source.</param>
    /// <param name="name">What to call it where a file's name is needed.</param>
    /// <param name="columns">The columns that are needed, each once.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <returns>The source, before its first record; it cannot be rewound.</returns>
    /// <exception cref="ReadException">The stream is unreadable or empty, or lacks a column.</exception>
    /// <exception cref="ArgumentException">A column is asked for twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static CsvSource Open(
        Stream stream, string name, IReadOnlyList<string> columns, CsvOptions options, string sourceName)
    {
        Check(columns, options);
        return new CsvSource(sourceName, [CsvFile.Take(sourceName, name, stream, columns, options)], columns, options);
    }

    /// <summary>Makes a cursor: one for each thread that is to read.</summary>
    /// <returns>The cursor, before its first block.</returns>
    public CsvCursor OpenCursor() => new(this, _options, _files[0].Layout);

    /// <inheritdoc/>
    IRecordCursor IRecordSource.OpenCursor() => OpenCursor();

    /// <summary>Makes a batch for a cursor to fill.</summary>
    /// <returns>An empty batch of <see cref="CsvOptions.BatchSize"/> records.</returns>
    public FieldBatch NewBatch() => new(Columns.Count, _options.BatchSize);

    /// <summary>Goes back to the first record. No cursor may be reading; cursors stay good for the new pass.</summary>
    /// <exception cref="InvalidOperationException">The source cannot be read twice: see <see cref="CanRewind"/>.</exception>
    public void Rewind()
    {
        if (!CanRewind)
        {
            throw new InvalidOperationException($"{Name}: a stream or a pipe can be read only once.");
        }

        _reader.Rewind();
        _ledger.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _turn.Dispose();
        foreach (CsvFile file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>The serial step, one worker at a time.</summary>
    internal bool Take(CsvBlock block, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        try
        {
            _ledger.ThrowIfFailed();
            return _reader.Read(block, cancellation);
        }
        catch (Exception error)
        {
            // Before the next worker has its turn: the reader may be in the middle of a record.
            _ledger.Fail(error);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    internal long Number(CsvBlock block, int rows, RowLedger.Entry entry, CancellationToken cancellation) =>
        _ledger.Enter(block.Sequence, block.File, rows, entry, cancellation);

    internal void Fail(Exception error) => _ledger.Fail(error);

    private static void Check(IReadOnlyList<string> columns, CsvOptions options)
    {
        options.Validate();
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            throw new ArgumentException("A column is asked for twice.", nameof(columns));
        }
    }
}
