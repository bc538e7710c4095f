namespace Assay.Data;

/// <summary>128-bit arithmetic that says when it overflows instead of throwing.</summary>
internal static class Wide
{
    public static bool TryAdd(Int128 a, Int128 b, out Int128 sum)
    {
        sum = unchecked(a + b);
        return Int128.IsNegative((a ^ sum) & (b ^ sum)) is false;
    }

    public static bool TrySubtract(Int128 a, Int128 b, out Int128 difference)
    {
        difference = unchecked(a - b);
        return Int128.IsNegative((a ^ b) & (a ^ difference)) is false;
    }

    public static bool TryMultiply(Int128 a, Int128 b, out Int128 product)
    {
        if ((long)a == a && (long)b == b)
        {
            product = Math.BigMul((long)a, (long)b);
            return true;
        }

        bool negative = Int128.IsNegative(a) != Int128.IsNegative(b);
        (ulong aHigh, ulong aLow) = Parts(Magnitude(a));
        (ulong bHigh, ulong bLow) = Parts(Magnitude(b));
        product = 0;
        if (aHigh != 0 && bHigh != 0)
        {
            return false;
        }

        // One of the two cross products is 0; the other is the part above 64 bits.
        UInt128 cross = Math.BigMul(aHigh, bLow) + Math.BigMul(aLow, bHigh);
        UInt128 low = Math.BigMul(aLow, bLow);
        if (cross > ulong.MaxValue)
        {
            return false;
        }

        UInt128 magnitude = (cross << 64) + low;
        return magnitude >= low && TrySigned(magnitude, negative, out product);
    }

    public static UInt128 Magnitude(Int128 value) => (UInt128)(Int128.IsNegative(value) ? unchecked(-value) : value);

    public static bool TrySigned(UInt128 magnitude, bool negative, out Int128 value)
    {
        UInt128 limit = (UInt128.One << 127) - (negative ? UInt128.Zero : UInt128.One);
        value = unchecked(negative ? -(Int128)magnitude : (Int128)magnitude);
        return magnitude <= limit;
    }

    /// <summary>Compares two decimals of different scales exactly.</summary>
    public static int Compare(Int128 a, int aScale, Int128 b, int bScale)
    {
        if (aScale > bScale)
        {
            return -Compare(b, bScale, a, aScale);
        }

        // What does not fit in 128 bits is beyond anything that does.
        return TryMultiply(a, Decimals.PowerOfTen(bScale - aScale), out Int128 scaled)
            ? scaled.CompareTo(b)
            : Int128.Sign(a);
    }

    private static (ulong High, ulong Low) Parts(UInt128 value) => ((ulong)(value >> 64), (ulong)value);
}
