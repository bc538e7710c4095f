using System.Numerics;
using System.Runtime.CompilerServices;

namespace Assay.Read;

/// <summary>Turns a bit mask into places with plain instructions.</summary>
internal static class BitPlaces
{
    /// <summary>Writes the places of a mask's bits.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="offset">The place of its lowest bit.</param>
    /// <param name="target">Where to write; there must be room for 64.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ulong mask, int offset, ref int target)
    {
        int count = BitOperations.PopCount(mask);
        for (int i = 0; ;)
        {
            Unsafe.Add(ref target, i) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 1) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 2) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 3) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 4) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 5) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 6) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Unsafe.Add(ref target, i + 7) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            i += 8;
            if (i >= count)
            {
                return count;
            }
        }
    }
}
