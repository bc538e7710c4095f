using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>
/// Writes a new file from its start to its end, past the system's page cache where the file system can (<c>O_DIRECT</c>).
/// For long files that nobody reads soon: taking fresh memory for them would cost more than producing them, and would
/// push out what is read. One buffer is filled while the other is on its way to the disk; a disk that cannot keep up so is
/// written to through the page cache, which gives it more at once.
/// </summary>
/// <remarks>For one thread at a time. What was written before <see cref="Complete"/> may be in memory only, and nothing may be
/// written after it.</remarks>
internal sealed class UncachedFile : Stream
{
    /// <summary>The bytes written at once. Shorter files go the usual way.</summary>
    internal const int BufferSize = 256 << 10;

    /// <summary>Where buffers must begin: no disk has longer sectors, and no system that Assay runs on shorter pages.</summary>
    private const int Alignment = 4096;

    private readonly FileStream _file;
    private readonly int _shift;
    private readonly TimeSpan _patience;
    private Memory<byte> _filling;
    private Memory<byte> _leaving;
    private long _begun;
    private TimeSpan _waited;
    private int _length;
    private long _offset;
    private bool _isUncached;
    private Task _writing = Task.CompletedTask;

    /// <param name="file">The new file, without a buffer; it is closed with this one.</param>
    public UncachedFile(FileStream file)
        : this(file, 0, TimeSpan.FromMilliseconds(200))
    {
    }

    /// <summary>The same for tests.</summary>
    /// <param name="file">The new file.</param>
    /// <param name="shift">How many bytes past a page buffers begin: any but 0 has uncached writing refused.</param>
    /// <param name="patience">How long to wait for the disk, all in all and beyond half of the time, before the page cache is used.</param>
    internal UncachedFile(FileStream file, int shift, TimeSpan patience)
    {
        _file = file;
        _shift = shift;
        _patience = patience;
        _filling = NewBuffer();
    }

    /// <summary>Whether what is written now goes past the page cache.</summary>
    internal bool IsUncached => _isUncached;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _offset + _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="IOException">These or earlier ones could not be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int taken = Math.Min(buffer.Length, BufferSize - _length);
            buffer[..taken].CopyTo(_filling.Span[_length..]);
            _length += taken;
            buffer = buffer[taken..];
            if (_length == BufferSize)
            {
                Send();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: whole buffers leave by themselves, and <see cref="Complete"/> sees to the rest.</summary>
    public override void Flush()
    {
    }

    /// <summary>Writes what is left, and waits until the whole file is on the disk.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    public void Complete()
    {
        _writing.GetAwaiter().GetResult();
        SetUncached(false);
        RandomAccess.Write(_file.SafeFileHandle, _filling.Span[.._length], _offset);
        _offset += _length;
        _length = 0;
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes the file. Without <see cref="Complete"/> its end is missing.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A buffer must not be given up while it is being written; whether that works is nobody's concern any more.
            Task.WaitAny(_writing);
            _ = _writing.Exception;
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private Memory<byte> NewBuffer()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(BufferSize + Alignment + _shift, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        return bytes.AsMemory((int)((Alignment - (address % Alignment)) % Alignment) + _shift, BufferSize);
    }

    private void Send()
    {
        long started = Stopwatch.GetTimestamp();
        _writing.GetAwaiter().GetResult();
        _waited += Stopwatch.GetElapsedTime(started);
        // On busy cores a little waiting is for the processor: only a disk that takes most of the time cannot keep up.
        if (_isUncached && _waited > _patience + (Stopwatch.GetElapsedTime(_begun) / 2))
        {
            SetUncached(false);
        }

        if (_offset == 0)
        {
            _leaving = NewBuffer();
            _begun = started;
            SetUncached(true);
        }

        (_filling, _leaving) = (_leaving, _filling);
        Memory<byte> full = _leaving;
        long offset = _offset;
        _writing = Task.Run(() => WriteWhole(full.Span, offset));
        _offset += BufferSize;
        _length = 0;
    }

    private void WriteWhole(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_isUncached)
        {
            try
            {
                RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
                return;
            }
            catch (IOException)
            {
                // Some file systems refuse only now, and a disk that fills up in mid-buffer looks like a refusal, too: the
                // usual way either works or says what is wrong.
                SetUncached(false);
            }
        }

        RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
        Durable.StartWriting(_file.SafeFileHandle, offset, bytes.Length);
    }

    private void SetUncached(bool value) => _isUncached = Durable.TrySetUncached(_file.SafeFileHandle, value) && value;
}
