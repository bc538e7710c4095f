using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>
/// Writes a new file from its start to its end, past the system's page cache where the file system can (<c>O_DIRECT</c>).
/// For long files that nobody reads soon: taking fresh memory for them would cost more than producing them, and would
/// push out what is read. One buffer is filled while the other is on its way to the disk.
/// </summary>
/// <remarks>For one thread at a time. What was written before <see cref="Complete"/> may be in memory only.</remarks>
internal sealed class UncachedFile(FileStream file) : Stream
{
    /// <summary>The bytes written at once. Shorter files go the usual way.</summary>
    internal const int BufferSize = 256 << 10;

    /// <summary>Where buffers must begin: no disk has longer sectors, and no system that Assay runs on shorter pages.</summary>
    private const int Alignment = 4096;

    private Memory<byte> _filling = NewBuffer();
    private Memory<byte> _leaving;
    private int _length;
    private long _offset;
    private bool _isUncached;
    private Task _writing = Task.CompletedTask;

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
        RandomAccess.Write(file.SafeFileHandle, _filling.Span[.._length], _offset);
        _offset += _length;
        _length = 0;
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes the file. Without <see cref="Complete"/> its end is missing.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The buffer must not leave the memory it is being written from; whether that works is nobody's concern any more.
            _writing.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Memory<byte> NewBuffer()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(BufferSize + Alignment, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        return bytes.AsMemory((int)((Alignment - (address % Alignment)) % Alignment), BufferSize);
    }

    private void Send()
    {
        _writing.GetAwaiter().GetResult();
        if (_offset == 0)
        {
            _leaving = NewBuffer();
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
                RandomAccess.Write(file.SafeFileHandle, bytes, offset);
                return;
            }
            catch (IOException)
            {
                // Some file systems refuse only now, and a disk that fills up in mid-buffer looks like a refusal, too: the
                // usual way either works or says what is wrong.
                SetUncached(false);
            }
        }

        RandomAccess.Write(file.SafeFileHandle, bytes, offset);
        Durable.StartWriting(file.SafeFileHandle, offset, bytes.Length);
    }

    private void SetUncached(bool value) => _isUncached = Durable.TrySetUncached(file.SafeFileHandle, value) && value;
}
