using System.Globalization;

namespace Assay.App.Server;

/// <summary>What people call a file: the last part of the name that a client gives, without what cannot be seen.</summary>
internal static class FileLabel
{
    private const int Longest = 200;

    /// <summary>A label. It is shown, and never part of a path.</summary>
    public static string Of(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string shown = string.Concat(last.EnumerateRunes().Where(rune => System.Text.Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)));
        if (shown.Length <= Longest)
        {
            return shown;
        }

        // Not within a letter that takes two places.
        int from = shown.Length - Longest + 1;
        return string.Concat("…", shown.AsSpan(char.IsLowSurrogate(shown[from]) ? from + 1 : from));
    }
}
