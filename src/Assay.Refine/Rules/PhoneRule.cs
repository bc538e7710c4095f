using Assay.Data;

namespace Assay.Refine;

/// <summary>
/// <c>phone</c> and <c>phone_in</c>: a telephone number to its national digits. Spaces, dashes, dots and
/// parentheses are dropped, and then one prefix: <c>+country</c>, <c>country</c> or the trunk prefix <c>0</c>.
/// </summary>
internal sealed class PhoneRule : CleaningRule
{
    private const string Dropped = "-.()\u2010\u2011\u2012\u2013";

    private const int MostDigits = 32;

    private readonly string _country;
    private readonly int _digits;
    private readonly string _first;
    private readonly bool _invalidIsMissing;

    /// <summary>Makes the rule.</summary>
    /// <param name="country">The country's calling code, digits only.</param>
    /// <param name="digits">How many digits a national number has.</param>
    /// <param name="first">The digits it may begin with.</param>
    /// <param name="invalidIsMissing">Whether what is no such number counts as missing instead of as a fault.</param>
    public PhoneRule(string country, int digits, string first = "0123456789", bool invalidIsMissing = false)
    {
        _country = country;
        _digits = digits;
        _first = first;
        _invalidIsMissing = invalidIsMissing;
    }

    /// <inheritdoc />
    internal override bool Keeps(ReadOnlySpan<byte> printable) =>
        printable.Length == _digits && _digits <= MostDigits
            && !printable.ContainsAnyExceptInRange((byte)'0', (byte)'9') && _first.Contains((char)printable[0], StringComparison.Ordinal);

    /// <inheritdoc />
    public override CleanText Apply(string? value)
    {
        if (value is null || TrimRule.IsBlank(value))
        {
            return default;
        }

        return National(TrimRule.Trim(value)) is { } number ? new CleanText(number)
            : _invalidIsMissing ? default
            : new CleanText(value, FaultCode.NotAPhone);
    }

    private string? National(string text)
    {
        bool international = text[0] == '+';
        Span<char> digits = stackalloc char[MostDigits];
        int count = 0;
        foreach (char c in international ? text.AsSpan(1) : text)
        {
            if (char.IsAsciiDigit(c) && count < digits.Length)
            {
                digits[count++] = c;
            }
            else if (!char.IsWhiteSpace(c) && !Dropped.Contains(c, StringComparison.Ordinal))
            {
                return null;
            }
        }

        ReadOnlySpan<char> number = digits[..count];
        bool country = number.StartsWith(_country, StringComparison.Ordinal)
            && (international || count == _digits + _country.Length);
        if (international && !country)
        {
            return null;
        }

        // "+91 (0) 98765 43210" is often written, though the trunk prefix is not dialled from abroad.
        number = country ? number[_country.Length..] : number;
        if (number.Length == _digits + 1 && number[0] == '0' && (international || !country))
        {
            number = number[1..];
        }

        return number.Length == _digits && _first.Contains(number[0], StringComparison.Ordinal) ? number.ToString() : null;
    }
}
