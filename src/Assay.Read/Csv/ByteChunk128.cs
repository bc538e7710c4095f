using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>A chunk in four vectors.</summary>
internal readonly struct ByteChunk128(
    Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, Vector128<byte> fourth)
    : IByteChunk<ByteChunk128>
{
    private readonly Vector128<byte> _first = first;
    private readonly Vector128<byte> _second = second;
    private readonly Vector128<byte> _third = third;
    private readonly Vector128<byte> _fourth = fourth;

    /// <inheritdoc/>
    public ulong NonAscii
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Join(_first, _second, _third, _fourth);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteChunk128 Load(ref readonly byte source) => new(
        Vector128.LoadUnsafe(in source),
        Vector128.LoadUnsafe(in source, 16),
        Vector128.LoadUnsafe(in source, 32),
        Vector128.LoadUnsafe(in source, 48));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        Vector128<byte> all = Vector128.Create(value);
        return Join(
            Vector128.Equals(_first, all),
            Vector128.Equals(_second, all),
            Vector128.Equals(_third, all),
            Vector128.Equals(_fourth, all));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(
        Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, Vector128<byte> fourth) =>
        first.ExtractMostSignificantBits()
        | ((ulong)second.ExtractMostSignificantBits() << 16)
        | ((ulong)third.ExtractMostSignificantBits() << 32)
        | ((ulong)fourth.ExtractMostSignificantBits() << 48);
}
