using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One or more JSON files of records, or a stream, read once from start to end by any number of
/// <see cref="JsonCursor"/>s. Memory does not grow with the input: each cursor holds one block.
/// </summary>
/// <remarks>
/// A column is a path into the record, such as <c>address.city</c>: names joined by dots, one with a dot of its own in
/// double quotes (<c>"a.b".c</c>); where the value is a list, a number counts its elements from 0 (<c>tags.0</c>). A
/// field's text is that of the string, without its escapes; a number, true and false as they are written; the raw
/// JSON of an object or a list. A field that is not there, or null, is missing.
/// <para>
/// What is wrong with a record is a fault of that record: <see cref="FaultCode.BadJson"/> when it is not an object, or
/// deeper than 64 levels, or (in JSON lines) not well formed; <see cref="FaultCode.RecordTooLong"/>;
/// <see cref="FaultCode.FieldTooLong"/> when a field that is asked for is; <see cref="FaultCode.InvalidUtf8"/>, also when an
/// escape stands for half a surrogate pair in a name or a field that is asked for; <see cref="FaultCode.RepeatedField"/>
/// when the record, or an object that leads to a field, has a name twice; and <see cref="FaultCode.UnknownField"/> when it
/// has a field that is neither asked for nor known and <see cref="JsonOptions.UnknownFields"/> says so. Records with the last
/// three still have their fields, of a repeated one the first; others have none. Of records that are too long or have
/// such a field, the first 1,024 bytes are kept as raw text.
/// </para>
/// <para>
/// A document that is malformed outside of its records or inside one is read up to the fault, and is then
/// <see cref="Incomplete"/>. Of a record that is too long only the brackets and quotes are followed.
/// </para>
/// </remarks>
public sealed class JsonSource : IRecordSource
{
    private readonly JsonOptions _options;
    private readonly JsonFile[] _files;
    private readonly JsonLedger _ledger;
    private readonly JsonBlockReader _reader;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private JsonSource(string name, JsonFile[] files, IReadOnlyList<string> columns, JsonOptions options)
    {
        Name = name;
        Files = [.. files.Select(file => file.Name)];
        Columns = columns;
        TotalBytes = files.Any(file => file.Length is null) ? null : files.Sum(file => file.Length);
        CanRewind = files.All(file => file.CanRewind);
        _files = files;
        _options = options;
        _ledger = new JsonLedger(columns, options);
        _reader = new JsonBlockReader(files, options, name, _ledger);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The names at the records' top level that were met and lead to no column, in ordinal order; the first 1,000 of them.</summary>
    public IReadOnlyList<string> ExtraColumns => _ledger.Extra;

    /// <inheritdoc/>
    public IReadOnlyList<ExtraField> ExtraFields => _ledger.Unknown;

    /// <inheritdoc/>
    public IReadOnlyList<string>? MetColumns => _ledger.Met;

    /// <inheritdoc/>
    public long? TotalBytes { get; }

    /// <inheritdoc/>
    public long BytesRead => _reader.BytesRead;

    /// <inheritdoc/>
    public bool CanRewind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IncompleteFile> Incomplete => _ledger.Incomplete;

    /// <summary>Opens files.</summary>
    /// <param name="files">The files, in reading order; plain or gzip, which is found out; in UTF-8.</param>
    /// <param name="columns">The paths of the fields that are needed, each once. Which of them
    /// some record has is known in the end: see <see cref="MetColumns"/>.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <param name="names">What to call each file; its path when left out.</param>
    /// <returns>The source, before its first record.</returns>
    /// <exception cref="ReadException">A file is missing or unreadable, or not in UTF-8.</exception>
    /// <exception cref="ArgumentException">There are no files, a path is malformed, or two columns are one place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static JsonSource Open(
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        JsonOptions options,
        string sourceName,
        IReadOnlyList<string>? names = null)
    {
        Check(columns, options);
        JsonFile[] opened = OpenedFiles.All(files, i => JsonFile.Open(sourceName, files[i], names?[i]));
        return new JsonSource(sourceName, opened, columns, options);
    }

    /// <summary>Takes a stream, such as the standard input.</summary>
    /// <param name="stream">The stream, plain or gzip; disposed with the source.</param>
    /// <param name="name">What to call it where a file's name is needed.</param>
    /// <param name="columns">The paths of the fields that are needed, each once.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <returns>The source, before its first record; it cannot be rewound.</returns>
    /// <exception cref="ReadException">The stream is unreadable, or not in UTF-8.</exception>
    /// <exception cref="ArgumentException">A path is malformed, or two columns are one place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static JsonSource Open(
        Stream stream, string name, IReadOnlyList<string> columns, JsonOptions options, string sourceName)
    {
        Check(columns, options);
        return new JsonSource(sourceName, [JsonFile.Take(sourceName, name, stream)], columns, options);
    }

    /// <summary>Makes a cursor: one for each thread that is to read.</summary>
    /// <returns>The cursor, before its first block.</returns>
    public JsonCursor OpenCursor() => new(this, _options);

    /// <inheritdoc/>
    IRecordCursor IRecordSource.OpenCursor() => OpenCursor();

    /// <summary>Makes a batch for a cursor to fill.</summary>
    /// <returns>An empty batch of <see cref="JsonOptions.BatchSize"/> records.</returns>
    public FieldBatch NewBatch() => new(Columns.Count, _options.BatchSize);

    /// <inheritdoc/>
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
        foreach (JsonFile file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>The serial step, one worker at a time.</summary>
    internal bool Take(JsonBlock block, CancellationToken cancellation)
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

    internal long Number(JsonBlock block, int rows, JsonEntry entry, CancellationToken cancellation) =>
        _ledger.Enter(block.Sequence, block.File, rows, entry, cancellation);

    internal void Fail(Exception error) => _ledger.Fail(error);

    private static void Check(IReadOnlyList<string> columns, JsonOptions options)
    {
        options.Validate();
        _ = JsonNode.Of(columns);
    }
}
