using System.Globalization;

namespace Assay.Data;

/// <summary>
/// Exact decimal arithmetic on scaled whole numbers: the value is <c>units × 10^-scale</c>. Rounding is
/// half to even, as IEEE 754 and the SQL engines' exact types define it, and happens once, at the end.
/// </summary>
public static class Decimals
{
    private static readonly Int128[] Powers = MakePowers();

    /// <summary>Ten to a power.</summary>
    /// <param name="exponent">0 to 38.</param>
    /// <returns>10^exponent.</returns>
    public static Int128 PowerOfTen(int exponent) => Powers[exponent];

    /// <summary>Moves a value to another scale, rounding half to even when digits are given up.</summary>
    /// <param name="units">The value in units of 10^-<paramref name="from"/>.</param>
    /// <param name="from">Its scale.</param>
    /// <param name="to">The scale wanted.</param>
    /// <returns>The value in units of 10^-<paramref name="to"/>.</returns>
    /// <exception cref="OverflowException">The result needs more than 128 bits.</exception>
    public static Int128 Rescale(Int128 units, int from, int to)
    {
        if (to >= from)
        {
            return checked(units * Powers[to - from]);
        }

        Int128 divisor = Powers[from - to];
        (Int128 quotient, Int128 rest) = Int128.DivRem(units, divisor);
        Int128 twice = Int128.Abs(rest) - (divisor - Int128.Abs(rest));
        bool away = twice > 0 || (twice == 0 && Int128.IsOddInteger(quotient));
        return away ? quotient + Int128.Sign(units) : quotient;
    }

    /// <summary>Writes a value with all its digits after the point, as CSV and JSON outputs do.</summary>
    /// <param name="units">The value in units of 10^-<paramref name="scale"/>.</param>
    /// <param name="scale">Its scale, 0 for whole numbers.</param>
    /// <returns>For example <c>-0.05</c> for -5 at scale 2.</returns>
    public static string Format(Int128 units, int scale)
    {
        string digits = Int128.Abs(units).ToString(CultureInfo.InvariantCulture);
        string sign = units < 0 ? "-" : "";
        if (scale == 0)
        {
            return sign + digits;
        }

        digits = digits.PadLeft(scale + 1, '0');
        return $"{sign}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }

    private static Int128[] MakePowers()
    {
        var powers = new Int128[ColumnType.MaxPrecision + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
