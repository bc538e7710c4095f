using System.Text;

namespace Assay.Refine;

/// <summary><c>collapse_spaces</c>: makes one space of each run of white space.</summary>
internal sealed class CollapseSpacesRule : CleaningRule
{
    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    internal override bool Keeps(ReadOnlySpan<byte> printable) => printable.IndexOf("  "u8) < 0;

    /// <inheritdoc />
    public override CleanText Apply(string? value) => new(value is null || IsCollapsed(value) ? value : Collapse(value));

    private static bool IsCollapsed(string text)
    {
        bool afterSpace = false;
        foreach (char c in text)
        {
            bool space = char.IsWhiteSpace(c);
            if (space && (afterSpace || c != ' '))
            {
                return false;
            }

            afterSpace = space;
        }

        return true;
    }

    private static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        bool afterSpace = false;
        foreach (char c in text)
        {
            bool space = char.IsWhiteSpace(c);
            if (!space)
            {
                collapsed.Append(c);
            }
            else if (!afterSpace)
            {
                collapsed.Append(' ');
            }

            afterSpace = space;
        }

        return collapsed.ToString();
    }
}
