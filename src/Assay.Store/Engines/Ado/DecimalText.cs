using Assay.Data;

namespace Assay.Store;

/// <summary>Reads decimals that databases give as text.</summary>
internal static class DecimalText
{
    /// <summary>The number in units of 10^-scale.</summary>
    /// <param name="text">For example <c>-12.50</c>; zeros past the scale are let be.</param>
    /// <param name="scale">The digits after the point.</param>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    /// <exception cref="FormatException">It is no such number.</exception>
    public static Int128 Units(ReadOnlySpan<char> text, int scale)
    {
        ReadOnlySpan<char> digits = text.TrimStart("+-");
        if (text.Length - digits.Length > 1)
        {
            throw new FormatException($"'{text}' is no number");
        }

        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : digits[(point + 1)..].TrimEnd('0');
        if (fraction.Length > scale || (whole.IsEmpty && fraction.IsEmpty) || !Digits(whole) || !Digits(fraction))
        {
            throw new FormatException($"'{text}' is no number with at most {scale} digits after the point");
        }

        // Negative numbers go one further than positive ones, so digits are taken off.
        Int128 units = 0;
        foreach (char digit in whole)
        {
            units = checked((units * 10) - (digit - '0'));
        }

        foreach (char digit in fraction)
        {
            units = checked((units * 10) - (digit - '0'));
        }

        units = checked(units * Decimals.PowerOfTen(scale - fraction.Length));
        return text[0] == '-' ? units : checked(-units);
    }

    private static bool Digits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
