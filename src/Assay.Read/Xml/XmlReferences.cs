using System.Text;

namespace Assay.Read;

/// <summary>References to characters: by number, or one of the five names that need no declaration. Others need a DTD, and are faults.</summary>
internal static class XmlReferences
{
    /// <summary>Reads a reference.</summary>
    /// <param name="window">The document.</param>
    /// <param name="at">Where its <c>&amp;</c> stands.</param>
    /// <returns>The place after its semicolon, or why there is none.</returns>
    public static int Scan(XmlWindow window, int at)
    {
        ReadOnlySpan<byte> rest = window.Span[(at + 1)..];
        int from = rest.IsEmpty || rest[0] != (byte)'#' ? 0 : 1;
        int end = rest[from..].IndexOfAnyExcept(XmlCharacters.InNames);
        if (end < 0 && rest.Length <= XmlCharacters.LongestName)
        {
            return XmlWindow.More;
        }

        if (end is < 0 or > XmlCharacters.LongestName)
        {
            return window.Fail(at, $"a reference of more than {XmlCharacters.LongestName} bytes");
        }

        end += from;
        if (rest[end] != (byte)';')
        {
            return window.Fail(at, "a `&` that starts no reference: the character itself is written `&amp;`");
        }

        if (Decode(rest[..end]) is not null)
        {
            return at + end + 2;
        }

        string shown = $"`&{XmlName.Show(rest[..end])};`";
        return window.Fail(at, from == 1 ? $"{shown} is no character that XML allows" : $"the entity {shown} is not defined");
    }

    /// <summary>The character that a reference stands for.</summary>
    /// <param name="name">What stands between <c>&amp;</c> and <c>;</c>.</param>
    /// <returns>The character, or null.</returns>
    public static Rune? Decode(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'l', (byte)'t'] => new Rune('<'),
        [(byte)'g', (byte)'t'] => new Rune('>'),
        [(byte)'a', (byte)'m', (byte)'p'] => new Rune('&'),
        [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => new Rune('"'),
        [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => new Rune('\''),
        [(byte)'#', (byte)'x', .. var digits] => Number(digits, 16),
        [(byte)'#', .. var digits] => Number(digits, 10),
        _ => null,
    };

    private static Rune? Number(ReadOnlySpan<byte> digits, int radix)
    {
        uint value = 0;
        foreach (byte digit in digits)
        {
            int worth = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => radix,
            };
            if (worth >= radix)
            {
                return null;
            }

            value = Math.Min((value * (uint)radix) + (uint)worth, 0x110000);
        }

        return digits.IsEmpty || !XmlCharacters.IsLegal(value) ? null : new Rune(value);
    }
}
