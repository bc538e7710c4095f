using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>
/// Numbers from cleaned text, exactly or not at all: an optional sign, digits with at most one point, and
/// for decimals an exponent. Nothing is stripped, guessed or rounded; digits of any script count.
/// </summary>
internal static class NumberParser
{
    /// <summary>Reads a whole number; <c>2.0</c> is one, <c>2.5</c>, <c>1e3</c> and <c>5-10</c> are not.</summary>
    public static Decoded Integer(string text)
    {
        if (!TryScan(text, out Scan scan))
        {
            return Decoded.Bad(FaultCode.NotANumber);
        }

        if (scan.HasExponent || scan.Fraction.Any(digit => digit != '0'))
        {
            return Decoded.Bad(FaultCode.NotAnInteger);
        }

        return Int128.TryParse(scan.Sign + "0" + scan.Whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value)
            && value >= long.MinValue && value <= long.MaxValue
            ? Decoded.Of((long)value)
            : Decoded.Bad(FaultCode.OutOfRange);
    }

    /// <summary>Reads a decimal into units of 10^-scale.</summary>
    public static Decoded Decimal(string text, ColumnType type)
    {
        if (!TryScan(text, out Scan scan))
        {
            return Decoded.Bad(FaultCode.NotANumber);
        }

        string digits = (scan.Whole + scan.Fraction).TrimStart('0');
        if (digits.Length == 0)
        {
            return Decoded.Of(0);
        }

        // The value is digits × 10^power; trailing zeros say nothing, so they are no reason to refuse it.
        string significant = digits.TrimEnd('0');
        int power = scan.Exponent - scan.Fraction.Length + (digits.Length - significant.Length);
        if (power < -type.Scale)
        {
            return Decoded.Bad(FaultCode.TooManyDecimals);
        }

        if (significant.Length + power > type.Precision - type.Scale)
        {
            return Decoded.Bad(FaultCode.OutOfRange);
        }

        Int128 units = Int128.Parse(significant, CultureInfo.InvariantCulture) * Decimals.PowerOfTen(power + type.Scale);
        return Decoded.Of((long)(scan.Sign == "-" ? -units : units));
    }

    private static bool TryScan(string text, out Scan scan)
    {
        scan = default;
        string plain = WithAsciiDigits(text);
        int at = 0;
        string sign = "";
        if (at < plain.Length && plain[at] is '+' or '-' or '\u2212')
        {
            sign = plain[at++] == '+' ? "" : "-";
        }

        string whole = Digits(plain, ref at);
        string fraction = "";
        if (at < plain.Length && plain[at] == '.')
        {
            at++;
            fraction = Digits(plain, ref at);
        }

        if (whole.Length + fraction.Length == 0)
        {
            return false;
        }

        int exponent = 0;
        bool hasExponent = at < plain.Length && plain[at] is 'e' or 'E';
        if (hasExponent)
        {
            at++;
            bool isNegative = at < plain.Length && plain[at] == '-';
            if (at < plain.Length && plain[at] is '+' or '-')
            {
                at++;
            }

            string power = Digits(plain, ref at);
            if (power.Length == 0)
            {
                return false;
            }

            // A field has at most about a million digits, so an exponent past that might as well be infinite.
            power = power.TrimStart('0');
            exponent = power.Length > 7 ? 10_000_000 : int.Parse("0" + power, CultureInfo.InvariantCulture);
            exponent = isNegative ? -exponent : exponent;
        }

        scan = new Scan(sign, whole, fraction, hasExponent, exponent);
        return at == plain.Length;
    }

    private static string Digits(string text, ref int at)
    {
        int from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[from..at];
    }

    private static string WithAsciiDigits(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            }
            else
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }

    private readonly record struct Scan(string Sign, string Whole, string Fraction, bool HasExponent, int Exponent);
}
