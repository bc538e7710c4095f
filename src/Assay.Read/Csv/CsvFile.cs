namespace Assay.Read;

/// <summary>One of a source's files, its header read.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string _source;
    private readonly string? _path;
    private readonly CsvEncoding _encoding;
    private TextInput? _input;

    private CsvFile(string source, string name, TextInput input, CsvHeader header, string? path, long? length, CsvEncoding encoding)
    {
        _source = source;
        _encoding = encoding;
        _path = path;
        Name = name;
        Layout = header.Layout;
        Header = header.Text;
        IsUtf8 = input.Encoding == TextEncodingKind.Utf8;
        Extra = header.Extra;
        Length = length;
        if (path is not null)
        {
            input.Dispose();
        }
        else
        {
            input.PutBack(header.Rest);
            _input = input;
        }
    }

    /// <summary>The file, as it was given.</summary>
    public string Name { get; }

    /// <summary>What its header says.</summary>
    public CsvLayout Layout { get; }

    /// <summary>Its header as it is written, without its line end.</summary>
    public string Header { get; }

    /// <summary>Whether it is UTF-8.</summary>
    public bool IsUtf8 { get; }

    /// <summary>The header's names that were not asked for.</summary>
    public IReadOnlyList<string> Extra { get; }

    /// <summary>Its bytes on disk, null when not known.</summary>
    public long? Length { get; }

    /// <summary>Whether it can be read again.</summary>
    public bool CanRewind => _path is not null;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are needed.</param>
    /// <param name="options">How to read.</param>
    /// <param name="name">What to call it; its path when left out.</param>
    /// <returns>The file.</returns>
    public static CsvFile Open(
        string source, string path, IReadOnlyList<string> columns, CsvOptions options, string? name = null)
    {
        ByteInput input = ByteInput.Open(source, path, out long? length, name);
        return ReadHeader(source, name ?? path, input, columns, options, length, length is null ? null : path);
    }

    /// <summary>Takes a stream and reads its header.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="name">What to call the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="columns">The columns that are needed.</param>
    /// <param name="options">How to read.</param>
    /// <returns>The file.</returns>
    public static CsvFile Take(
        string source, string name, Stream stream, IReadOnlyList<string> columns, CsvOptions options) =>
        ReadHeader(source, name, new ByteInput(stream, source, name), columns, options, null, null);

    /// <summary>The text after the header.</summary>
    /// <returns>Where it comes from; the caller disposes it.</returns>
    public TextInput Start()
    {
        if (_input is TextInput input)
        {
            _input = null;
            return input;
        }

        TextInput again = CsvText.Open(ByteInput.Open(_source, _path!, out _, Name), _source, Name, _encoding);
        again.Skip(Layout.DataOffset);
        return again;
    }

    /// <inheritdoc/>
    public void Dispose() => _input?.Dispose();

    private static CsvFile ReadHeader(
        string source,
        string name,
        ByteInput bytes,
        IReadOnlyList<string> columns,
        CsvOptions options,
        long? length,
        string? path)
    {
        TextInput input = CsvText.Open(bytes, source, name, options.Encoding);
        try
        {
            return new CsvFile(
                source, name, input, CsvHeader.Read(input, source, name, columns, options), path, length, options.Encoding);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
