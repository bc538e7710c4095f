namespace Assay.Read.Tests;

/// <summary>A long stream from few bytes: a start, a pattern many times, an end.</summary>
internal sealed class PatternStream(byte[] start, byte[] pattern, int times, byte[] end) : Stream
{
    // The pattern many times over, so that few copies are needed for each read.
    private readonly byte[] _pattern = [.. Enumerable.Repeat(pattern, Math.Max(1, 65536 / pattern.Length)).SelectMany(each => each)];
    private readonly long _middle = (long)pattern.Length * times;
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => start.Length + _middle + end.Length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> from = _at < start.Length ? start.AsSpan((int)_at)
            : _at < start.Length + _middle ? Middle(_at - start.Length)
            : end.AsSpan((int)(_at - start.Length - _middle));
        int count = Math.Min(from.Length, buffer.Length);
        from[..count].CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ReadOnlySpan<byte> Middle(long at)
    {
        ReadOnlySpan<byte> rest = _pattern.AsSpan((int)(at % _pattern.Length));
        return rest[..(int)Math.Min(rest.Length, _middle - at)];
    }
}
