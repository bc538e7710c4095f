namespace Assay.Read;

/// <summary>
/// The bytes of a file as they are on disk, counted: first those that were looked at already, then the file's,
/// then, for gzip, a seal.
/// </summary>
internal sealed class CountedStream(Stream inner, byte[] first, byte[] seal) : Stream
{
    private readonly Stream _inner = inner;
    private ReadOnlyMemory<byte> _first = first;
    private ReadOnlyMemory<byte> _seal = seal;
    private bool _ended;
    private long _count;

    /// <summary>The bytes of the file that were handed on, the seal left out. Readable from any thread.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = Take(ref _first, buffer);
        if (read == 0 && !_ended)
        {
            read = _inner.Read(buffer);
            _ended = read == 0 && !buffer.IsEmpty;
        }

        if (read == 0)
        {
            return Take(ref _seal, buffer);
        }

        Volatile.Write(ref _count, _count + read);
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int Take(ref ReadOnlyMemory<byte> bytes, Span<byte> buffer)
    {
        int taken = Math.Min(bytes.Length, buffer.Length);
        bytes.Span[..taken].CopyTo(buffer);
        bytes = bytes[taken..];
        return taken;
    }
}
