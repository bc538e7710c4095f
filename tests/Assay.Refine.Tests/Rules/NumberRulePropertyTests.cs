using System.Text.RegularExpressions;
using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Decode;

namespace Assay.Refine.Tests.Rules;

/// <summary>The rule against a regular expression that spells out what a number is.</summary>
public sealed class NumberRulePropertyTests
{
    private static readonly ColumnType Amount = ColumnType.Decimal(14, 4);

    [Theory]
    [InlineData(',', '.', false)]
    [InlineData(',', ' ', false)]
    [InlineData('.', ',', false)]
    [InlineData('.', ',', true)]
    [InlineData('.', '\'', false)]
    [InlineData(',', null, false)]
    [InlineData('.', null, false)]
    public void Number_WhenGivenAnyText_ThenIsWhatTheExpressionSays(char point, char? group, bool indian)
    {
        var form = new NumberForm(point, group, indian);
        var rule = new NumberRule(form);
        string groups = group switch { ' ' => " \u00A0\u202F", '\'' => "'\u2019", _ => group?.ToString() ?? "" };
        Regex pattern = Pattern(point, groups, indian);
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Column(Amount, rule));
        var random = new Random(31);
        int numbers = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string text = Text(random, point, groups);
            string? expected = Slowly(pattern, text, point);
            numbers += expected is null ? 0 : 1;
            CleanText clean = rule.Apply(text);
            if (!string.IsNullOrWhiteSpace(text) && clean != (expected is null ? new CleanText(text, FaultCode.NotANumber) : new CleanText(expected)))
            {
                Assert.Fail($"'{text}' gives {clean}, not '{expected}'");
            }

            Decoded typed = string.IsNullOrWhiteSpace(text) ? Decoded.Null
                : expected is null ? Decoded.Bad(FaultCode.NotANumber)
                : NumberParser.Decimal(expected, Amount);
            Assert.Equal(typed, Decoding.All(decoder, Decoding.At(System.Text.Encoding.UTF8.GetBytes(text), random.Next(9), random.Next(10)))[0]);
        }

        Assert.InRange(numbers, 10_000, 50_000);
    }

    private static Regex Pattern(char point, string groups, bool indian)
    {
        string set = "[" + Regex.Escape(groups) + "]";
        string p = Regex.Escape(point.ToString());
        string grouped = groups.Length == 0 ? "(?!)"
            : indian ? $"[1-9][0-9]?(?:{set}[0-9]{{2}})*{set}[0-9]{{3}}"
            : $"[1-9][0-9]{{0,2}}(?:{set}[0-9]{{3}})+";
        string body = $"(?<n>{grouped}(?:{p}[0-9]*)?|(?:[0-9]+(?:{p}[0-9]*)?|{p}[0-9]+)(?:[eE][+-]?[0-9]+)?)";
        return new Regex($@"^\s*(?:(?<minus>\()\s*{body}\s*\)|(?<minus>[-\u2212])\s*{body}|\+\s*{body}|{body}\s*(?<minus>[-\u2212])|{body})\s*\z", RegexOptions.CultureInvariant);
    }

    private static string? Slowly(Regex pattern, string text, char point)
    {
        Match match = pattern.Match(text);
        string kept = string.Concat(match.Groups["n"].Value.Where(c => char.IsAsciiDigit(c) || c == point || "eE+-".Contains(c, StringComparison.Ordinal)));
        return match.Success ? (match.Groups["minus"].Success ? "-" : "") + kept.Replace(point, '.') : null;
    }

    /// <summary>A number that is well formed as a rule, and then often spoilt in one place.</summary>
    private static string Text(Random random, char point, string groups)
    {
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
        string Group() => groups.Length == 0 ? "" : groups[random.Next(groups.Length)].ToString();
        string text = Digits(random.Next(4));
        for (int more = random.Next(4); more > 0; more--)
        {
            text += Group() + Digits(random.Next(8) == 0 ? 2 : 3);
        }

        text += random.Next(2) == 0 ? "" : point + Digits(random.Next(4));
        text += random.Next(8) == 0 ? "e" + "+-"[random.Next(2)] + Digits(random.Next(3)) : "";
        text = random.Next(10) switch { 0 => "-" + text, 1 => text + "-", 2 => "(" + text + ")", 3 => "\u2212 " + text, 4 => " +" + text, _ => text };
        return random.Next(3) > 0 ? text : text.Insert(random.Next(text.Length + 1), ".,' \u00A0-(e0"[random.Next(9)].ToString());
    }
}
