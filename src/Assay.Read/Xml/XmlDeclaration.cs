namespace Assay.Read;

/// <summary>The XML declaration that a document may start with (XML 1.0 section 2.8).</summary>
internal static class XmlDeclaration
{
    /// <summary>Whether a declaration is as it must be: version 1.0, then what encoding, then whether it stands alone.</summary>
    /// <param name="text">What stands between <c>&lt;?xml</c> and <c>?&gt;</c>.</param>
    /// <returns>True when it is.</returns>
    public static bool IsWellFormed(ReadOnlySpan<byte> text)
    {
        if (!Next(ref text, "version"u8, out ReadOnlySpan<byte> value) || !value.SequenceEqual("1.0"u8))
        {
            return false;
        }

        if (Next(ref text, "encoding"u8, out value) && !IsEncodingName(value))
        {
            return false;
        }

        if (Next(ref text, "standalone"u8, out value) && !value.SequenceEqual("yes"u8) && !value.SequenceEqual("no"u8))
        {
            return false;
        }

        return text.IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    /// <summary>The encoding that a document declares.</summary>
    /// <param name="head">The document's first bytes.</param>
    /// <returns>Its name; empty when none is declared, or not as it must be.</returns>
    public static ReadOnlySpan<byte> Encoding(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("<?xml"u8) || head.IndexOf("?>"u8) is not (> 0 and int end))
        {
            return default;
        }

        ReadOnlySpan<byte> text = head["<?xml".Length..end];
        return IsWellFormed(text) && Next(ref text, "version"u8, out _) && Next(ref text, "encoding"u8, out ReadOnlySpan<byte> value)
            ? value
            : default;
    }

    /// <summary>Takes a pair of name and quoted value, when it is the next.</summary>
    private static bool Next(scoped ref ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        ReadOnlySpan<byte> rest = text.TrimStart(" \t\r\n"u8);
        if (rest.Length == text.Length || !rest.StartsWith(name))
        {
            return false;
        }

        rest = rest[name.Length..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] != (byte)'=')
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\''))
        {
            return false;
        }

        int length = rest[1..].IndexOf(rest[0]);
        if (length < 0)
        {
            return false;
        }

        value = rest.Slice(1, length);
        text = rest[(length + 2)..];
        return true;
    }

    private static bool IsEncodingName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && char.IsAsciiLetter((char)name[0])
        && name.IndexOfAnyExcept(XmlCharacters.InNames) < 0 && !name.Contains((byte)':') && System.Text.Ascii.IsValid(name);
}
