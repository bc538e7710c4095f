using System.Globalization;

namespace Assay.Refine;

/// <summary>
/// <c>currency</c>: takes one currency sign or code off either end of an amount, and the commas out of it
/// (<c>$1,234.50</c>, <c>-€5</c>, <c>100 USD</c>). What is not an amount in a currency stays as it is, so that typing it
/// as a number finds the fault.
/// </summary>
internal sealed class CurrencyRule : CleaningRule
{
    // ISO 4217, the codes of money in use.
    private const string Codes =
        " AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY"
        + " COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS"
        + " INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP"
        + " MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR"
        + " SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST"
        + " XAF XCD XOF XPF YER ZAR ZMW ZWG ";

    private readonly string[]? _accepted;
    private readonly NumberForm? _form;

    /// <summary>Makes the rule.</summary>
    /// <param name="accepted">The signs and codes to take off, or null for all of Unicode's signs and ISO 4217's codes.</param>
    /// <param name="form">How the amounts are written, for the rule that comes after; null for plain ones and those with commas
    /// between thousands, which are taken out.</param>
    public CurrencyRule(IEnumerable<string>? accepted = null, NumberForm? form = null)
    {
        _accepted = accepted is null ? null : [.. accepted.OrderByDescending(currency => currency.Length)];
        _form = form;
    }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    internal override CleaningRule Before(NumberForm form) => new CurrencyRule(_accepted, form);

    /// <inheritdoc />
    public override CleanText Apply(string? value)
    {
        if (value is null)
        {
            return default;
        }

        ReadOnlySpan<char> rest = value.AsSpan().Trim();
        if (_form is not null)
        {
            return new CleanText(AmountOf(rest, _form) ?? value);
        }

        string sign = "";
        if (rest.Length > 0 && rest[0] is '+' or '-')
        {
            sign = rest[..1].ToString();
            rest = rest[1..].TrimStart();
        }

        rest = TakeOff(rest);
        if (!NumberText.IsNumber(rest, out _) || (sign.Length > 0 && rest[0] is '+' or '-'))
        {
            return new CleanText(value);
        }

        return new CleanText(sign + NumberText.Ungroup(rest));
    }

    /// <summary>The amount as it is written, its signs and parentheses where they were; null when it is none.</summary>
    private string? AmountOf(ReadOnlySpan<char> text, NumberForm form)
    {
        bool enclosed = text is ['(', .., ')'];
        bool signed = text is ['+' or '-' or '\u2212', ..];
        ReadOnlySpan<char> rest = enclosed ? text[1..^1].Trim() : signed ? text[1..].TrimStart() : text;
        string amount = string.Concat(enclosed || signed ? text[..1] : "", TakeOff(rest), enclosed ? ")" : "");
        return form.Plain(amount) is null ? null : amount;
    }

    private ReadOnlySpan<char> TakeOff(ReadOnlySpan<char> text)
    {
        if (Leading(text) is > 0 and int leading)
        {
            return text[leading..].TrimStart();
        }

        return Trailing(text) is > 0 and int trailing ? text[..^trailing].TrimEnd() : text;
    }

    private int Leading(ReadOnlySpan<char> text)
    {
        if (_accepted is null)
        {
            return text.Length > 0 && IsSign(text[0]) ? 1 : text.Length > 3 && IsCode(text[..3]) ? 3 : 0;
        }

        foreach (string currency in _accepted)
        {
            if (text.StartsWith(currency, StringComparison.OrdinalIgnoreCase))
            {
                return currency.Length;
            }
        }

        return 0;
    }

    private int Trailing(ReadOnlySpan<char> text)
    {
        if (_accepted is null)
        {
            return text.Length > 0 && IsSign(text[^1]) ? 1 : text.Length > 3 && IsCode(text[^3..]) ? 3 : 0;
        }

        foreach (string currency in _accepted)
        {
            if (text.EndsWith(currency, StringComparison.OrdinalIgnoreCase))
            {
                return currency.Length;
            }
        }

        return 0;
    }

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private static bool IsCode(ReadOnlySpan<char> text) =>
        !text.Contains(' ') && Codes.AsSpan().Contains(text, StringComparison.OrdinalIgnoreCase);
}
