using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>A chunk without vectors, eight bytes at a time in a 64-bit word.</summary>
internal readonly struct ByteChunkScalar : IByteChunk<ByteChunkScalar>
{
    private const int Words = 8;
    private const ulong HighBits = 0x8080808080808080;

    private readonly WordArray _words;

    private ByteChunkScalar(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < Words; i++)
        {
            _words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]);
        }
    }

    /// <inheritdoc/>
    public ulong NonAscii
    {
        get
        {
            ulong mask = 0;
            for (int i = 0; i < Words; i++)
            {
                mask |= Gather(_words[i] & HighBits) << (i * 8);
            }

            return mask;
        }
    }

    /// <inheritdoc/>
    public static ByteChunkScalar Load(ref readonly byte source) =>
        new(MemoryMarshal.CreateReadOnlySpan(in source, Words * 8));

    /// <inheritdoc/>
    public ulong Equal(byte value)
    {
        ulong all = value * 0x0101010101010101UL;
        ulong mask = 0;
        for (int i = 0; i < Words; i++)
        {
            // A byte's high bit is set just when the byte is zero: no carry runs from one byte to the next.
            ulong different = _words[i] ^ all;
            ulong zero = ~(((different & ~HighBits) + ~HighBits) | different) & HighBits;
            mask |= Gather(zero) << (i * 8);
        }

        return mask;
    }

    /// <summary>The high bit of each byte, the lowest byte's lowest.</summary>
    private static ulong Gather(ulong highBits) => ((highBits >> 7) * 0x0102040810204080UL) >> 56;

    [System.Runtime.CompilerServices.InlineArray(Words)]
    private struct WordArray
    {
        private ulong _first;
    }
}
