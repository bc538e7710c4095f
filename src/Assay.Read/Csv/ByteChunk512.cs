using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>A chunk in one vector.</summary>
internal readonly struct ByteChunk512(Vector512<byte> bytes) : IByteChunk<ByteChunk512>
{
    private readonly Vector512<byte> _bytes = bytes;

    /// <inheritdoc/>
    public ulong NonAscii
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bytes.ExtractMostSignificantBits();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteChunk512 Load(ref readonly byte source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value) => Vector512.Equals(_bytes, Vector512.Create(value)).ExtractMostSignificantBits();
}
