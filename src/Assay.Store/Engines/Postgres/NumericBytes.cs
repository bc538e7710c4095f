using System.Buffers.Binary;

namespace Assay.Store;

/// <summary>
/// Decimals as PostgreSQL's <c>numeric_recv</c> reads them: a head of four 16-bit numbers (how many groups, the weight of
/// the first, the sign, the digits after the point), then the digits in groups of four, each a 16-bit number.
/// </summary>
internal static class NumericBytes
{
    /// <summary>The most bytes of a value: 39 digits, and up to 3 to fill the last group, make 11 groups.</summary>
    public const int Most = HeadBytes + (sizeof(short) * MostGroups);

    private const int HeadBytes = 4 * sizeof(short);
    private const int MostGroups = 12;
    private const int GroupDigits = 4;
    private const uint GroupBase = 10_000;
    private const short Negative = 0x4000;

    private static readonly uint[] Fill = [1, 1_000, 100, 10];

    /// <summary>Writes a decimal of 64 bits.</summary>
    /// <param name="to">Takes it; <see cref="Most"/> bytes do.</param>
    /// <param name="units">The value in units of 10^-<paramref name="scale"/>.</param>
    /// <param name="scale">Its digits after the point.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> to, long units, int scale)
    {
        ulong magnitude = units < 0 ? 0UL - (ulong)units : (ulong)units;
        uint fill = Fill[scale % GroupDigits];
        if (magnitude > ulong.MaxValue / fill)
        {
            return Write(to, (Int128)units, scale);
        }

        // Groups are counted from the point, so the last one is filled up with zeros.
        magnitude *= fill;
        Span<short> groups = stackalloc short[MostGroups];
        int count = 0;
        for (; magnitude != 0; count++)
        {
            ulong rest = magnitude / GroupBase;
            groups[count] = (short)(magnitude - (rest * GroupBase));
            magnitude = rest;
        }

        return Write(to, groups[..count], units < 0, scale);
    }

    /// <summary>Writes a decimal of 128 bits.</summary>
    /// <param name="to">Takes it; <see cref="Most"/> bytes do.</param>
    /// <param name="units">The value in units of 10^-<paramref name="scale"/>.</param>
    /// <param name="scale">Its digits after the point.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> to, Int128 units, int scale)
    {
        UInt128 magnitude = units < 0 ? (UInt128)0 - (UInt128)units : (UInt128)units;
        uint fill = Fill[scale % GroupDigits];
        Span<short> groups = stackalloc short[MostGroups];
        int count = 0;

        // The last group's digits are fewer than four; filling them up first could outgrow 128 bits.
        if (fill > 1 && magnitude != 0)
        {
            (magnitude, UInt128 last) = UInt128.DivRem(magnitude, GroupBase / fill);
            groups[count++] = (short)((uint)last * fill);
        }

        for (; magnitude != 0; count++)
        {
            (magnitude, UInt128 rest) = UInt128.DivRem(magnitude, GroupBase);
            groups[count] = (short)(uint)rest;
        }

        return Write(to, groups[..count], units < 0, scale);
    }

    /// <summary>Writes groups that stand last first.</summary>
    private static int Write(Span<byte> to, ReadOnlySpan<short> groups, bool isNegative, int scale)
    {
        int afterPoint = (scale + GroupDigits - 1) / GroupDigits;
        int zeros = 0;
        while (zeros < groups.Length && groups[zeros] == 0)
        {
            zeros++;
        }

        int count = groups.Length - zeros;
        BinaryPrimitives.WriteInt16BigEndian(to, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(to[2..], (short)(count == 0 ? 0 : groups.Length - afterPoint - 1));
        BinaryPrimitives.WriteInt16BigEndian(to[4..], isNegative ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)scale);
        int at = HeadBytes;
        for (int i = groups.Length - 1; i >= zeros; i--)
        {
            BinaryPrimitives.WriteInt16BigEndian(to[at..], groups[i]);
            at += sizeof(short);
        }

        return at;
    }
}
