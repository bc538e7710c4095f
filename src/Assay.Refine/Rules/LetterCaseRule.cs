using System.Text;

namespace Assay.Refine;

/// <summary><c>lower</c> and <c>upper</c>: the other case, letter by letter, by Unicode's simple mapping and the same in every culture.</summary>
internal sealed class LetterCaseRule : CleaningRule
{
    private readonly bool _upper;

    /// <summary>Makes the rule.</summary>
    /// <param name="upper">True for upper case, false for lower.</param>
    public LetterCaseRule(bool upper) => _upper = upper;

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    internal override bool Keeps(ReadOnlySpan<byte> printable) =>
        !(_upper ? printable.ContainsAnyInRange((byte)'a', (byte)'z') : printable.ContainsAnyInRange((byte)'A', (byte)'Z'));

    /// <inheritdoc />
    public override CleanText Apply(string? value) => new(value is null ? null : _upper ? Upper(value) : Lower(value));

    /// <summary>Lower-cases a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same string when nothing changed.</returns>
    internal static string Lower(string text) => Change(text, Rune.ToLowerInvariant);

    private static string Upper(string text) => Change(text, Rune.ToUpperInvariant);

    private static string Change(string text, Func<Rune, Rune> change)
    {
        StringBuilder? changed = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune other = change(rune);
            if (other != rune && changed is null)
            {
                changed = new StringBuilder(text, 0, at, text.Length);
            }

            changed?.Append(other);
            at += rune.Utf16SequenceLength;
        }

        return changed?.ToString() ?? text;
    }
}
