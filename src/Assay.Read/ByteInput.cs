using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Assay.Read;

/// <summary>
/// The uncompressed bytes of one file or stream. What fails on the way becomes a <see cref="ReadException"/> that
/// names the file.
/// </summary>
/// <remarks>
/// gzip is known by its first two bytes. The framework's decompressor takes the end of its input for the end of the
/// data, wherever it comes. So that a truncated file cannot pass for a shorter one, a member of our own, with known
/// text, follows the file's last byte: that text is the last thing to come out only if everything before it was whole.
/// </remarks>
internal sealed class ByteInput : IDisposable
{
    private const int Gzip1 = 0x1f;
    private const int Gzip2 = 0x8b;

    private static readonly byte[] SealText = [.. "\u0000end of the file\u0000"u8];

    private readonly string _source;
    private readonly string _file;
    private readonly CountedStream _raw;
    private readonly Stream? _gzip;
    private readonly byte[] _held = [];
    private int _heldCount;
    private ReadOnlyMemory<byte> _putBack;
    private bool _ended;

    /// <summary>Takes over a stream, and finds out whether it is compressed.</summary>
    /// <param name="stream">The stream, at its start; disposed with this.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="file">The file's name, for errors.</param>
    public ByteInput(Stream stream, string source, string file)
    {
        _source = source;
        _file = file;
        byte[] first = new byte[2];
        int read;
        try
        {
            read = stream.ReadAtLeast(first, 2, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            throw Unreadable(source, file, error);
        }

        bool compressed = read == 2 && first[0] == Gzip1 && first[1] == Gzip2;
        _raw = new CountedStream(stream, first[..read], compressed ? Compress(SealText) : []);
        if (compressed)
        {
            _gzip = Decompress(_raw);
            _held = new byte[SealText.Length];
        }
    }

    /// <summary>How many bytes of the file were read, as they are on disk. Readable from any thread.</summary>
    public long BytesRead => _raw.Count;

    /// <summary>Opens a file.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="file">Its path.</param>
    /// <param name="length">Its length, null when it has none (a pipe).</param>
    /// <param name="name">What to call it in errors; its path when left out.</param>
    /// <param name="pattern">What the source's files are usually called.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ReadException">There is no such file, or it cannot be read.</exception>
    public static ByteInput Open(string source, string file, out long? length, string? name = null, string pattern = "*.csv")
    {
        name ??= file;
        try
        {
            var stream = new FileStream(file, new FileStreamOptions
            {
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
                Share = FileShare.ReadWrite | FileShare.Delete,
            });
            length = stream.CanSeek ? stream.Length : null;
            return new ByteInput(stream, source, name);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReadException(ReadErrorKind.NotFound, source, name, $"{name}: there is no such file.", error);
        }
        catch (UnauthorizedAccessException error) when (Directory.Exists(file))
        {
            throw new ReadException(
                ReadErrorKind.NotFound, source, name, $"{name} is a folder: name the files in it, such as {Path.Combine(name, pattern)}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(source, name, error);
        }
    }

    /// <summary>Reads some bytes.</summary>
    /// <param name="buffer">Where to put them; not empty.</param>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="ReadException">The file cannot be read, or its compressed data is damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        if (!_putBack.IsEmpty)
        {
            int taken = Math.Min(_putBack.Length, buffer.Length);
            _putBack.Span[..taken].CopyTo(buffer);
            _putBack = _putBack[taken..];
            return taken;
        }

        try
        {
            return _gzip is null ? _raw.Read(buffer) : ReadSealed(buffer);
        }
        catch (InvalidDataException error)
        {
            throw Corrupt("the compressed data is damaged", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_source, _file, error);
        }
    }

    /// <summary>Gives bytes back, to be read again next.</summary>
    /// <param name="bytes">The last bytes read.</param>
    public void PutBack(ReadOnlyMemory<byte> bytes) => _putBack = bytes;

    /// <summary>Passes over bytes at the start that were read before; fewer if there are no more.</summary>
    /// <param name="count">How many.</param>
    public void Skip(long count) => Skip(count, Read);

    /// <summary>Passes over what a reader gives.</summary>
    /// <param name="count">How many bytes.</param>
    /// <param name="read">Reads into a buffer; gives how many bytes, 0 at the end.</param>
    public static void Skip(long count, Func<Span<byte>, int> read)
    {
        byte[] buffer = new byte[(int)Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            int taken = read(buffer.AsSpan(0, (int)Math.Min(count, buffer.Length)));
            if (taken == 0)
            {
                return;
            }

            count -= taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip?.Dispose();
        _raw.Dispose();
    }

    /// <summary>Hands on what is decompressed, except for the last bytes so far: they may be the seal.</summary>
    private int ReadSealed(Span<byte> buffer)
    {
        Span<byte> chunk = stackalloc byte[256];
        while (!_ended)
        {
            bool direct = buffer.Length > _held.Length;
            Span<byte> target = direct ? buffer[..^_held.Length] : chunk[..Math.Min(chunk.Length, buffer.Length)];
            int read = _gzip!.Read(target);
            if (read == 0)
            {
                _ended = true;
                break;
            }

            int given = Give(target[..read], buffer);
            if (given > 0)
            {
                return given;
            }
        }

        return _held.AsSpan(0, _heldCount).SequenceEqual(SealText)
            ? 0
            : throw Corrupt("the compressed data ends early, or is followed by something else", null);
    }

    /// <summary>Puts what was held back before the new bytes, and holds back as many of the last.</summary>
    private int Give(Span<byte> fresh, Span<byte> buffer)
    {
        int total = _heldCount + fresh.Length;
        int given = Math.Max(0, total - _held.Length);
        Span<byte> kept = stackalloc byte[32];
        int keptCount = total - given;
        for (int i = 0; i < keptCount; i++)
        {
            int at = given + i;
            kept[i] = at < _heldCount ? _held[at] : fresh[at - _heldCount];
        }

        int fromHeld = Math.Min(given, _heldCount);
        if (given > fromHeld)
        {
            fresh[..(given - fromHeld)].CopyTo(buffer[fromHeld..]);
        }

        _held.AsSpan(0, fromHeld).CopyTo(buffer);
        kept[..keptCount].CopyTo(_held);
        _heldCount = keptCount;
        return given;
    }

    private ReadException Corrupt(string what, Exception? inner) => new(
        ReadErrorKind.Corrupt, _source, _file, $"{_file}: {what} (near byte {BytesRead} of the file).", inner)
    {
        Offset = BytesRead,
    };

    private static ReadException Unreadable(string source, string file, Exception error) =>
        new(ReadErrorKind.Unreadable, source, file, $"{file} cannot be read: {error.Message}", error);

    /// <summary>A method of its own, like the next, so that runs without gzip do not load the library.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Stream Decompress(Stream compressed) => new GZipStream(compressed, CompressionMode.Decompress);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Compress(byte[] text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.NoCompression))
        {
            gzip.Write(text);
        }

        return target.ToArray();
    }
}
