namespace Assay.Read;

/// <summary>One of a source's files, its first bytes looked at.</summary>
internal sealed class XmlFile : IDisposable
{
    // Room for a licence in a comment before what must be found.
    private const int HeadSize = 64 * 1024;

    private readonly string _source;
    private readonly string? _path;
    private readonly TextEncoding _encoding;
    private ByteInput? _input;

    private XmlFile(string source, string name, string? path, long? length, ByteInput input)
    {
        _source = source;
        _path = path;
        Name = name;
        Length = length;
        byte[] head = new byte[HeadSize];
        int filled = 0;
        for (int read = 1; read > 0 && filled < head.Length; filled += read)
        {
            read = input.Read(head.AsSpan(filled));
        }

        _encoding = XmlEncoding.Find(head.AsSpan(0, filled), out string declared) ?? throw new ReadException(
            ReadErrorKind.BadHeader,
            source,
            name,
            $"{name}: the encoding {declared} is not read, only {XmlEncoding.Known}; convert the file to UTF-8.")
        { Line = 1 };
        if (filled == _encoding.Mark)
        {
            throw new ReadException(ReadErrorKind.Empty, source, name, $"{name} is empty.");
        }

        Memory<byte> rest = head.AsMemory(_encoding.Mark, filled - _encoding.Mark);
        RefuseType(rest.Span);
        if (path is not null)
        {
            input.Dispose();
        }
        else
        {
            input.PutBack(rest);
            _input = input;
        }
    }

    /// <summary>The file, as it was given.</summary>
    public string Name { get; }

    /// <summary>Its bytes on disk, null when not known.</summary>
    public long? Length { get; }

    /// <summary>Whether it can be read again.</summary>
    public bool CanRewind => _path is not null;

    /// <summary>Where the first byte of <see cref="Start"/> stands in the file's text.</summary>
    public long Offset => _encoding.Kind == TextEncodingKind.Utf8 ? _encoding.Mark : 0;

    /// <summary>Opens a file.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it; its path when left out.</param>
    /// <returns>The file.</returns>
    public static XmlFile Open(string source, string path, string? name = null)
    {
        ByteInput input = ByteInput.Open(source, path, out long? length, name, "*.xml");
        return Look(source, name ?? path, length is null ? null : path, length, input);
    }

    /// <summary>Takes a stream.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="name">What to call the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>The file.</returns>
    public static XmlFile Take(string source, string name, Stream stream) =>
        Look(source, name, null, null, new ByteInput(stream, source, name));

    /// <summary>The text of the file.</summary>
    /// <returns>Where it comes from; the caller disposes it.</returns>
    public TextInput Start()
    {
        if (_input is not { } input)
        {
            input = ByteInput.Open(_source, _path!, out _, Name);
            input.Skip(_encoding.Mark);
        }

        _input = null;
        return new TextInput(input, _encoding);
    }

    /// <summary>The refusal of a document type declaration.</summary>
    /// <returns>The exception to throw.</returns>
    public ReadException TypeRefused() => new(
        ReadErrorKind.Refused,
        _source,
        Name,
        $"{Name}: it has a document type declaration (<!DOCTYPE), which is never read: its entities could read other files or grow without bounds. Remove it from the file.");

    /// <inheritdoc/>
    public void Dispose() => _input?.Dispose();

    private static XmlFile Look(string source, string name, string? path, long? length, ByteInput input)
    {
        try
        {
            return new XmlFile(source, name, path, length, input);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a declaration that can be seen by now, so that a run ends before it starts; the scanner refuses the others.</summary>
    private void RefuseType(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = text.TrimStart(" \t\r\n"u8);
            ReadOnlySpan<byte> close = text.StartsWith("<!--"u8) ? "-->"u8 : text.StartsWith("<?"u8) ? "?>"u8 : default;
            if (text.StartsWith("<!DOCTYPE"u8))
            {
                throw TypeRefused();
            }

            int end = close.IsEmpty ? -1 : text.IndexOf(close);
            if (end < 0)
            {
                return;
            }

            text = text[(end + close.Length)..];
        }
    }
}
