using System.Text;

namespace Assay.Refine;

/// <summary>
/// <c>title_case</c>: lower case, then the first letter of each word upper. A word starts after white space or
/// one of <c>- _ / ( [ . &amp; , + ;</c>. Letters behind a digit do not start a word (<c>2nd</c>, <c>4k</c>), and
/// those behind an apostrophe only in names such as <c>O'Neill</c>.
/// </summary>
/// <remarks>Applied twice it gives what it gave the first time, so clean names clean to themselves.</remarks>
internal sealed class TitleCaseRule : CleaningRule
{
    private const string Separators = "-_/([.&,+;";

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    public override CleanText Apply(string? value) => new(value is null ? null : TitleCase(value));

    private static string TitleCase(string text)
    {
        var titled = new StringBuilder(text.Length);
        int letters = 0;
        bool digit = false;
        bool apostrophe = false;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int next = at + rune.Utf16SequenceLength;
            Rune written = Rune.ToLowerInvariant(rune);
            if (Rune.IsWhiteSpace(rune) || (rune.IsAscii && Separators.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                letters = 0;
                digit = false;
            }
            else if (Rune.IsLetter(rune))
            {
                bool first = letters == 0 || (apostrophe && letters == 1 && NameFollows(text.AsSpan(at)));
                if (first && !digit)
                {
                    written = Rune.ToUpperInvariant(written);
                }

                letters++;
            }
            else if (Rune.IsDigit(rune))
            {
                digit = true;
            }

            apostrophe = rune.Value is '\'' or '\u2019';
            titled.Append(written);
            at = next;
        }

        return titled.Equals(text.AsSpan()) ? text : titled.ToString();
    }

    /// <summary>Whether the letters behind <c>O'</c> are a name: two or more, and not a contraction's (<c>I'll</c>, <c>I've</c>).</summary>
    private static bool NameFollows(ReadOnlySpan<char> rest)
    {
        int count = 0;
        foreach (Rune rune in rest.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
            {
                break;
            }

            count++;
        }

        return count > 2 || (count == 2
            && !rest.StartsWith("ll", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("ve", StringComparison.OrdinalIgnoreCase));
    }
}
