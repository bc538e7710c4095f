namespace Assay.Refine;

/// <summary>Numbers as people write them: what the rules about numbers have in common.</summary>
internal static class NumberText
{
    /// <summary>Whether a text is digits with at most one point: what <see cref="CleaningRule.KeepsPlainNumbers"/> speaks of.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for <c>12</c> and <c>0.5</c>.</returns>
    public static bool IsPlain(string text)
    {
        int points = 0;
        foreach (char c in text)
        {
            if (c == '.')
            {
                points++;
            }
            else if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return points <= 1 && text.Length > points;
    }

    /// <summary>Whether a text is a number: an optional sign, digits with at most one point, and perhaps commas between groups of three.</summary>
    /// <param name="text">The text.</param>
    /// <param name="grouped">Whether it has commas; in a number they all stand where thousands have them.</param>
    /// <returns>True for <c>-5</c>, <c>0.5</c>, <c>.5</c> and <c>1,234.50</c>; false for <c>1,23</c>, <c>5-10</c> and <c>1e3</c>.</returns>
    public static bool IsNumber(ReadOnlySpan<char> text, out bool grouped)
    {
        grouped = false;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> decimals = point < 0 ? default : text[(point + 1)..];
        grouped = whole.Contains(',');
        return (grouped ? IsGrouped(whole) : AreDigits(whole))
            && AreDigits(decimals)
            && whole.Length + decimals.Length > 0;
    }

    /// <summary>Takes the commas out.</summary>
    /// <param name="number">A number.</param>
    /// <returns>The number without them.</returns>
    public static string Ungroup(ReadOnlySpan<char> number) =>
        number.ToString().Replace(",", "", StringComparison.Ordinal);

    private static bool IsGrouped(ReadOnlySpan<char> whole)
    {
        int first = whole.IndexOf(',');
        if (first is < 1 or > 3 || (whole.Length - first) % 4 != 0)
        {
            return false;
        }

        for (int i = 0; i < whole.Length; i++)
        {
            bool comma = i >= first && (i - first) % 4 == 0;
            if (comma ? whole[i] != ',' : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text has nothing but the digits 0 to 9.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for empty text, too.</returns>
    public static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
