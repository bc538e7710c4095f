using System.Text;

namespace Assay.Read;

/// <summary>How far a stretch of text leads on: over how many line ends, and how many characters follow the last.</summary>
/// <param name="Lines">The line ends in it.</param>
/// <param name="Characters">The characters after the last of them, or all.</param>
internal readonly record struct TextPlace(long Lines, long Characters)
{
    /// <summary>Measures UTF-8 text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>How far it leads.</returns>
    public static TextPlace Of(ReadOnlySpan<byte> text)
    {
        int last = text.LastIndexOf((byte)'\n');
        int lines = last < 0 ? 0 : text[..(last + 1)].Count((byte)'\n');
        ReadOnlySpan<byte> rest = text[(last + 1)..];
        int characters = rest.Length;
        if (!Ascii.IsValid(rest))
        {
            foreach (byte b in rest)
            {
                // All bytes of a character but the first begin with the bits 10.
                characters -= (b & 0xC0) == 0x80 ? 1 : 0;
            }
        }

        return new TextPlace(lines, characters);
    }

    /// <summary>This stretch and then another.</summary>
    /// <param name="next">The other.</param>
    /// <returns>How far both lead.</returns>
    public TextPlace Then(TextPlace next) =>
        next.Lines > 0 ? new TextPlace(Lines + next.Lines, next.Characters) : new TextPlace(Lines, Characters + next.Characters);
}
