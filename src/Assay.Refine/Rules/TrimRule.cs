namespace Assay.Refine;

/// <summary><c>trim</c>: takes white space off both ends: every Unicode white space, and the byte order mark that files glued together carry inside of them.</summary>
internal sealed class TrimRule : CleaningRule
{
    private const char ByteOrderMark = '\uFEFF';

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    internal override bool Keeps(ReadOnlySpan<byte> printable) => true;

    /// <inheritdoc />
    public override CleanText Apply(string? value) => new(value is null ? null : Trim(value));

    /// <summary>Takes white space off both ends.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same string when there was nothing to take off.</returns>
    internal static string Trim(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return end - start == text.Length ? text : text[start..end];
    }

    /// <summary>Whether nothing would be left of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for empty text and for white space alone.</returns>
    internal static bool IsBlank(string text)
    {
        foreach (char c in text)
        {
            if (!IsBlank(c))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == ByteOrderMark;
}
