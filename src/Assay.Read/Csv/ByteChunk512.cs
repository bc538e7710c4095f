using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Assay.Read;

/// <summary>A chunk in one vector.</summary>
internal readonly struct ByteChunk512(Vector512<byte> bytes) : IByteChunk<ByteChunk512>
{
    private readonly Vector512<byte> _bytes = bytes;

    private static Vector512<byte> MaskBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x0000000000000000UL, 0x0101010101010101UL, 0x0202020202020202UL, 0x0303030303030303UL,
            0x0404040404040404UL, 0x0505050505050505UL, 0x0606060606060606UL, 0x0707070707070707UL).AsByte();
    }

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
    public static int WritePlaces(ulong mask, int offset, ref int target)
    {
        if (!Avx512Vbmi2.IsSupported)
        {
            return BitPlaces.Write(mask, offset, ref target);
        }

        // Each of the 64 bytes gets the mask's byte that holds its bit, and keeps that bit alone.
        Vector512<byte> bit = Vector512.Create(0x8040201008040201UL).AsByte();
        Vector512<byte> set = Vector512.Equals(
            Avx512BW.Shuffle(Vector512.Create(mask).AsByte(), MaskBytes) & bit, bit);
        Vector512<byte> places = Avx512Vbmi2.Compress(Vector512<byte>.Zero, set, Vector512<byte>.Indices);
        Vector512<int> start = Vector512.Create(offset);
        int count = BitOperations.PopCount(mask);
        (Avx512F.ConvertToVector512Int32(places.GetLower().GetLower()) + start).StoreUnsafe(ref target);
        if (count > 16)
        {
            (Avx512F.ConvertToVector512Int32(places.GetLower().GetUpper()) + start).StoreUnsafe(ref target, 16);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetLower()) + start).StoreUnsafe(ref target, 32);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetUpper()) + start).StoreUnsafe(ref target, 48);
        }

        return count;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value) => Vector512.Equals(_bytes, Vector512.Create(value)).ExtractMostSignificantBits();
}
