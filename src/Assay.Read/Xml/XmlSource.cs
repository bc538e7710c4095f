using System.Runtime.ExceptionServices;
using Assay.Data;

namespace Assay.Read;

/// <summary>
/// One or more XML documents, or a stream, whose elements of a certain name are records; read once from start to end by
/// any number of <see cref="XmlCursor"/>s. Memory does not grow with the input: each cursor holds one block.
/// </summary>
/// <remarks>
/// <para>
/// A column is a child of the record (<c>id</c>), an element deeper in it (<c>customer.name</c>), an attribute
/// (<c>@id</c>, <c>customer.@id</c>; just <c>id</c> takes the attribute of a record that has no such child), or the
/// record's own text (<c>.</c>). Prefixes of namespaces are no part of names, but must be declared. An element's text is
/// its own characters: comments, processing instructions and the text of elements in it are left out, references are
/// replaced, line ends are LF, and no white space is taken off. An element that is not there has no text, and neither
/// has one with <c>xsi:nil="true"</c>; <c>&lt;a/&gt;</c> has an empty one. A needed column that a record has twice is
/// <see cref="FaultCode.RepeatedField"/>, as taking either would lose the other.
/// </para>
/// <para>
/// Documents are checked to be well formed (XML 1.0, and Namespaces in XML 1.0). One that is not is read up to the fault:
/// the records that ended before are given, <see cref="Incomplete"/> says what is wrong, and reading goes on with the
/// next file. That holds too for what no honest document has: 1,000 elements in each other, tags with 1,000 attributes,
/// names of 1,000 bytes. A document type declaration is refused, so that there are neither entities that grow without
/// bounds nor ones that read other files. What is not UTF-8 within a record is a fault of that record
/// (<see cref="FaultCode.InvalidUtf8"/>); so are <see cref="FaultCode.FieldTooLong"/> and
/// <see cref="FaultCode.RecordTooLong"/>, which leave no fields and the first 1,024 bytes as raw text.
/// </para>
/// <para>
/// Read are UTF-8, UTF-16 by its byte order mark, and where they are declared US-ASCII, ISO-8859-1 and windows-1252.
/// Offsets of files that are not UTF-8 count the bytes that their text has in UTF-8, without a byte order mark.
/// </para>
/// </remarks>
public sealed class XmlSource : IRecordSource
{
    private readonly XmlOptions _options;
    private readonly XmlFile[] _files;
    private readonly XmlBlockReader _reader;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ExceptionDispatchInfo? _failure;

    private XmlSource(string name, XmlFile[] files, IReadOnlyList<string> columns, XmlOptions options)
    {
        Name = name;
        Files = [.. files.Select(file => file.Name)];
        Columns = columns;
        TotalBytes = files.Any(file => file.Length is null) ? null : files.Sum(file => file.Length);
        CanRewind = files.All(file => file.CanRewind);
        _files = files;
        _options = options;
        _reader = new XmlBlockReader(name, files, columns, options);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns met so far that were not asked for, each once: elements without children, and attributes. At most 1,000.</summary>
    public IReadOnlyList<string> ExtraColumns => _reader.Extra;

    /// <inheritdoc/>
    public IReadOnlyList<string>? MetColumns => _reader.Met;

    /// <inheritdoc/>
    public long? TotalBytes { get; }

    /// <inheritdoc/>
    public long BytesRead => _reader.BytesRead;

    /// <inheritdoc/>
    public bool CanRewind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IncompleteFile> Incomplete => _reader.Incomplete;

    /// <summary>Opens files and looks at their first bytes.</summary>
    /// <param name="files">The files, in reading order; plain or gzip, which is found out.</param>
    /// <param name="columns">The columns that are needed, each once.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <param name="names">What to call each file; its path when left out.</param>
    /// <returns>The source, before its first record.</returns>
    /// <exception cref="ReadException">A file is missing, unreadable or empty, has a document type declaration, or an
    /// encoding that is not read.</exception>
    /// <exception cref="ArgumentException">There are no files, a column is asked for twice, or an option makes no sense.</exception>
    public static XmlSource Open(
        IReadOnlyList<string> files,
        IReadOnlyList<string> columns,
        XmlOptions options,
        string sourceName,
        IReadOnlyList<string>? names = null)
    {
        Check(columns, options);
        XmlFile[] opened = OpenedFiles.All(files, i => XmlFile.Open(sourceName, files[i], names?[i]));
        return new XmlSource(sourceName, opened, columns, options);
    }

    /// <summary>Takes a stream, such as the standard input, and looks at its first bytes.</summary>
    /// <param name="stream">The stream, plain or gzip; disposed with the source.</param>
    /// <param name="name">What to call it where a file's name is needed.</param>
    /// <param name="columns">The columns that are needed, each once.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sourceName">The source's name, for errors.</param>
    /// <returns>The source, before its first record; it cannot be rewound.</returns>
    /// <exception cref="ReadException">The stream is unreadable or empty, has a document type declaration, or an encoding
    /// that is not read.</exception>
    /// <exception cref="ArgumentException">A column is asked for twice, or an option makes no sense.</exception>
    public static XmlSource Open(
        Stream stream, string name, IReadOnlyList<string> columns, XmlOptions options, string sourceName)
    {
        Check(columns, options);
        return new XmlSource(sourceName, [XmlFile.Take(sourceName, name, stream)], columns, options);
    }

    /// <summary>Makes a cursor: one for each thread that is to read.</summary>
    /// <returns>The cursor, before its first block.</returns>
    public XmlCursor OpenCursor() => new(this, Columns.Count, _options);

    /// <inheritdoc/>
    IRecordCursor IRecordSource.OpenCursor() => OpenCursor();

    /// <summary>Makes a batch for a cursor to fill.</summary>
    /// <returns>An empty batch of <see cref="XmlOptions.BatchSize"/> records.</returns>
    public FieldBatch NewBatch() => new(Columns.Count, _options.BatchSize);

    /// <inheritdoc/>
    public void Rewind()
    {
        if (!CanRewind)
        {
            throw new InvalidOperationException($"{Name}: a stream or a pipe can be read only once.");
        }

        _reader.Rewind();
        _failure = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _turn.Dispose();
        foreach (XmlFile file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>The serial step, one worker at a time.</summary>
    internal bool Take(XmlBlock block, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        try
        {
            _failure?.Throw();
            return _reader.Read(block, cancellation);
        }
        catch (Exception error)
        {
            // Before the next worker has its turn: the reader may be in the middle of a record.
            _failure ??= ExceptionDispatchInfo.Capture(error);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static void Check(IReadOnlyList<string> columns, XmlOptions options)
    {
        options.Validate();
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            throw new ArgumentException("A column is asked for twice.", nameof(columns));
        }
    }
}
