using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Refine.Decode;

/// <summary>
/// Plain ASCII numbers straight from bytes: the common case of a number column. Up to eight bytes are one
/// word, in which digits are checked and combined side by side ("SIMD within a register").
/// </summary>
internal static class PlainDigits
{
    private const ulong Zeros = 0x3030303030303030;
    private const ulong HighBits = 0x8080808080808080;

    /// <summary>Reads 1 to 18 digits.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="start">The number's first byte.</param>
    /// <param name="length">Its bytes, 1 to 18.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when there is anything but digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(byte[] bytes, int start, int length, out long value)
    {
        if (length <= 8 && start + 8 <= bytes.Length)
        {
            // The number's bytes move to the word's end; what comes before it is zeros, which add nothing.
            int empty = (8 - length) * 8;
            ulong word = Load(bytes, start) << empty;
            ulong digits = word ^ (Zeros << empty);
            value = Combine(digits);
            return AreDigits(digits);
        }

        return TryReadEach(new ReadOnlySpan<byte>(bytes, start, length), out value);
    }

    /// <summary>Reads 1 to 18 digits with at most one point among them.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="start">The number's first byte.</param>
    /// <param name="length">Its bytes, 1 to 18.</param>
    /// <param name="units">The digits as one whole number.</param>
    /// <param name="decimals">How many of them stand after the point.</param>
    /// <returns>False when there is anything else, or no digit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDecimal(byte[] bytes, int start, int length, out long units, out int decimals)
    {
        if (length is > 1 and <= 8 && start + 8 <= bytes.Length)
        {
            int empty = (8 - length) * 8;
            ulong digits = (Load(bytes, start) << empty) ^ (Zeros << empty);

            // A point is 0x2E, so it is 0x1E among the digits; the lowest byte that is one is found exactly.
            ulong points = digits ^ 0x1E1E1E1E1E1E1E1E;
            ulong found = (points - 0x0101010101010101) & ~points & HighBits;
            if (found == 0)
            {
                units = Combine(digits);
                decimals = 0;
                return AreDigits(digits);
            }

            // The digits before the point move up into its place.
            int point = BitOperations.TrailingZeroCount(found) >> 3;
            ulong before = (1UL << (point * 8)) - 1;
            ulong after = point == 7 ? 0 : ~0UL << ((point + 1) * 8);
            digits = (digits & after) | ((digits & before) << 8);
            units = Combine(digits);
            decimals = 7 - point;
            return AreDigits(digits);
        }

        return TryReadEachDecimal(new ReadOnlySpan<byte>(bytes, start, length), out units, out decimals);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte[] bytes, int start)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>Whether every byte is 0 to 9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong digits) => ((digits | ((digits & ~HighBits) + 0x7676767676767676)) & HighBits) == 0;

    /// <summary>Eight digits, the first in the lowest byte, to a number: pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Combine(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064)
            + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }

    private static bool TryReadEach(ReadOnlySpan<byte> raw, out long value)
    {
        value = 0;
        foreach (byte b in raw)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    private static bool TryReadEachDecimal(ReadOnlySpan<byte> raw, out long units, out int decimals)
    {
        units = 0;
        decimals = 0;
        int point = -1;
        for (int i = 0; i < raw.Length; i++)
        {
            uint digit = (uint)(raw[i] - '0');
            if (digit <= 9)
            {
                units = (units * 10) + digit;
            }
            else if (raw[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        decimals = point < 0 ? 0 : raw.Length - 1 - point;
        return raw.Length > 1 || point < 0;
    }
}
