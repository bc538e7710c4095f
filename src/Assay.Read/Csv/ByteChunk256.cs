using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>A chunk in two vectors.</summary>
internal readonly struct ByteChunk256(Vector256<byte> low, Vector256<byte> high) : IByteChunk<ByteChunk256>
{
    private readonly Vector256<byte> _low = low;
    private readonly Vector256<byte> _high = high;

    /// <inheritdoc/>
    public ulong NonAscii
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Join(_low, _high);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteChunk256 Load(ref readonly byte source) =>
        new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, 32));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        Vector256<byte> all = Vector256.Create(value);
        return Join(Vector256.Equals(_low, all), Vector256.Equals(_high, all));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
