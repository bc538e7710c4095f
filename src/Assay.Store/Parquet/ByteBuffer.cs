using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Assay.Store;

/// <summary>Bytes that grow at their end.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>The first bytes, to be filled in once the others are known.</summary>
    public Span<byte> Start(int bytes) => _bytes.AsSpan(0, bytes);

    /// <summary>Room for some bytes at the end, which count at once; it holds anything.</summary>
    public Span<byte> Take(int bytes)
    {
        if (Count + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Count + bytes)));
        }

        Span<byte> taken = _bytes.AsSpan(Count, bytes);
        Count += bytes;
        return taken;
    }

    /// <summary>Gives back what was taken too much at the end.</summary>
    public void Return(int bytes) => Count -= bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte value)
    {
        if (Count < _bytes.Length)
        {
            _bytes[Count++] = value;
            return;
        }

        Take(1)[0] = value;
    }

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void AddInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Add((byte)(value | 0x80));
        }

        Add((byte)value);
    }
}
