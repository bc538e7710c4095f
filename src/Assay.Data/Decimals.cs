using System.Globalization;
using System.Numerics;

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

    /// <summary>
    /// Divides two decimals, keeping a trace of what is cut off: the quotient is truncated towards zero and, when
    /// that was not exact and its last digit is 0 or 5, moved one unit away from zero.
    /// </summary>
    /// <remarks>So rounding the result to fewer digits, in whichever way, gives what rounding the true quotient gives.
    /// This is <c>ROUND_05UP</c> of the General Decimal Arithmetic Specification ("round to prepare for shorter
    /// precision"), as in Python's decimal module.</remarks>
    /// <param name="dividend">The dividend in units of 10^-<paramref name="dividendScale"/>.</param>
    /// <param name="dividendScale">Its scale.</param>
    /// <param name="divisor">The divisor in units of 10^-<paramref name="divisorScale"/>, not 0.</param>
    /// <param name="divisorScale">Its scale.</param>
    /// <param name="scale">The scale wanted.</param>
    /// <param name="quotient">The quotient in units of 10^-<paramref name="scale"/>.</param>
    /// <returns>False when the quotient needs more than 128 bits.</returns>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static bool TryDivide(
        Int128 dividend, int dividendScale, Int128 divisor, int divisorScale, int scale, out Int128 quotient)
    {
        int shift = scale - dividendScale + divisorScale;
        if (shift is < 0 or > ColumnType.MaxPrecision
            || !Wide.TryMultiply(dividend, Powers[shift], out Int128 scaled)
            || scaled == Int128.MinValue)
        {
            return TryDivideLarge(dividend, divisor, shift, out quotient);
        }

        (quotient, Int128 rest) = Int128.DivRem(scaled, divisor);
        if (rest != 0 && quotient % 5 == 0)
        {
            quotient += Int128.IsNegative(dividend) == Int128.IsNegative(divisor) ? 1 : -1;
        }

        return true;
    }

    /// <summary>Writes a value with all its digits after the point, as CSV and JSON outputs do.</summary>
    /// <param name="units">The value in units of 10^-<paramref name="scale"/>.</param>
    /// <param name="scale">Its scale, 0 for whole numbers.</param>
    /// <returns>For example <c>-0.05</c> for -5 at scale 2.</returns>
    public static string Format(Int128 units, int scale)
    {
        string digits = Wide.Magnitude(units).ToString(CultureInfo.InvariantCulture);
        string sign = units < 0 ? "-" : "";
        if (scale == 0)
        {
            return sign + digits;
        }

        digits = digits.PadLeft(scale + 1, '0');
        return $"{sign}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }

    /// <summary>Puts commas between the thousands of a number, for people to read.</summary>
    /// <param name="number">The number as <see cref="Format"/> writes it.</param>
    /// <returns>For example <c>-1,234.50</c> for <c>-1234.50</c>.</returns>
    public static string WithThousands(string number)
    {
        int end = number.IndexOf('.', StringComparison.Ordinal);
        for (int at = (end < 0 ? number.Length : end) - 3; at > (number[0] == '-' ? 1 : 0); at -= 3)
        {
            number = number.Insert(at, ",");
        }

        return number;
    }

    private static bool TryDivideLarge(BigInteger dividend, BigInteger divisor, int shift, out Int128 quotient)
    {
        BigInteger power = BigInteger.Pow(10, Math.Abs(shift));
        var large = BigInteger.DivRem(
            shift > 0 ? dividend * power : dividend, shift < 0 ? divisor * power : divisor, out BigInteger rest);
        if (!rest.IsZero && (large % 5).IsZero)
        {
            large += dividend.Sign * divisor.Sign;
        }

        bool fits = large >= Int128.MinValue && large <= Int128.MaxValue;
        quotient = fits ? (Int128)large : 0;
        return fits;
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
