namespace Assay.Read;

/// <summary>One of a source's files; its first bytes were looked at.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly string _source;
    private readonly string? _path;
    private ByteInput? _input;

    private JsonFile(string source, string name, ByteInput input, string? path, long? length)
    {
        _source = source;
        _path = path;
        Name = name;
        Length = length;
        try
        {
            Look(input);
        }
        catch
        {
            input.Dispose();
            throw;
        }

        if (path is not null)
        {
            input.Dispose();
        }
        else
        {
            _input = input;
        }
    }

    /// <summary>The file, as it was given.</summary>
    public string Name { get; }

    /// <summary>Its bytes on disk, null when not known.</summary>
    public long? Length { get; }

    /// <summary>Whether it can be read again.</summary>
    public bool CanRewind => _path is not null;

    /// <summary>Opens a file.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it; its path when left out.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ReadException">It is missing or unreadable, or not in UTF-8.</exception>
    public static JsonFile Open(string source, string path, string? name)
    {
        ByteInput input = ByteInput.Open(source, path, out long? length, name);
        return new JsonFile(source, name ?? path, input, length is null ? null : path, length);
    }

    /// <summary>Takes a stream.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="name">What to call the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ReadException">It is unreadable, or not in UTF-8.</exception>
    public static JsonFile Take(string source, string name, Stream stream) =>
        new(source, name, new ByteInput(stream, source, name), null, null);

    /// <summary>The file's bytes from its start.</summary>
    /// <returns>Where they come from; the caller disposes it.</returns>
    public ByteInput Start()
    {
        ByteInput input = _input ?? ByteInput.Open(_source, _path!, out _, Name);
        _input = null;
        return input;
    }

    /// <inheritdoc/>
    public void Dispose() => _input?.Dispose();

    /// <summary>UTF-16 and UTF-32 have a byte order mark of their own, or a zero byte beside the first character, which is ASCII.</summary>
    private void Look(ByteInput input)
    {
        byte[] first = new byte[2];
        int read = 0;
        for (int more = 1; read < 2 && more > 0; read += more)
        {
            more = input.Read(first.AsSpan(read));
        }

        input.PutBack(first.AsMemory(0, read));
        if (read == 2 && (first is [0xFF, 0xFE] or [0xFE, 0xFF] || first.Contains((byte)0)))
        {
            throw new ReadException(
                ReadErrorKind.UnsupportedEncoding, _source, Name, $"{Name} is in UTF-16 or UTF-32: JSON is read in UTF-8, so save it as that.");
        }
    }
}
