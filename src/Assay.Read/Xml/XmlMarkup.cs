namespace Assay.Read;

/// <summary>Which kind of text the scanner is in.</summary>
internal enum XmlMarkupKind
{
    /// <summary>Between tags.</summary>
    None,

    /// <summary>In a comment.</summary>
    Comment,

    /// <summary>In a CDATA section.</summary>
    CharacterData,

    /// <summary>In a processing instruction.</summary>
    Instruction,
}

/// <summary>Comments, CDATA sections, processing instructions and the XML declaration (XML 1.0 sections 2.5 to 2.8).</summary>
internal static class XmlMarkup
{
    /// <summary>The fault that a document type declaration is, wherever it stands.</summary>
    public const string TypeDeclaration = "a document type declaration (<!DOCTYPE)";

    /// <summary>Reads to the end of what is open.</summary>
    /// <param name="window">The document.</param>
    /// <param name="kind">What is open.</param>
    /// <param name="at">Where its text starts, or goes on.</param>
    /// <returns>The place after its end, or why there is none.</returns>
    public static int ScanText(XmlWindow window, XmlMarkupKind kind, int at)
    {
        ReadOnlySpan<byte> rest = window.Span[at..];
        if (kind == XmlMarkupKind.CharacterData)
        {
            int end = rest.IndexOf("]]>"u8);
            return end < 0 ? window.WaitIn(at, (byte)']') : at + end + 3;
        }

        if (kind == XmlMarkupKind.Instruction)
        {
            int end = rest.IndexOf("?>"u8);
            return end < 0 ? window.WaitIn(at, (byte)'?') : at + end + 2;
        }

        int dashes = rest.IndexOf("--"u8);
        if (dashes < 0 || dashes + 2 == rest.Length)
        {
            return window.WaitIn(at, (byte)'-');
        }

        return rest[dashes + 2] == (byte)'>' ? at + dashes + 3 : window.Fail(at + dashes, "a `--` inside a comment");
    }

    /// <summary>Finds out what starts with <c>&lt;!</c>.</summary>
    /// <param name="window">The document.</param>
    /// <param name="at">Where it starts.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>Where its text starts, or why there is none.</returns>
    public static int ScanBang(XmlWindow window, int at, out XmlMarkupKind kind)
    {
        ReadOnlySpan<byte> rest = window.Span[at..];
        kind = XmlMarkupKind.Comment;
        if (StartsWith(rest, "<!--"u8, out bool undecided))
        {
            return at + 4;
        }

        kind = XmlMarkupKind.CharacterData;
        if (!undecided && StartsWith(rest, "<![CDATA["u8, out undecided))
        {
            return at + 9;
        }

        kind = XmlMarkupKind.None;
        if (!undecided && StartsWith(rest, "<!DOCTYPE"u8, out undecided))
        {
            return window.Fail(at, TypeDeclaration);
        }

        return undecided ? window.Wait(at) : window.Fail(at, "a `<!` that starts neither a comment nor a CDATA section");
    }

    /// <summary>Reads the start of a processing instruction, or a whole XML declaration.</summary>
    /// <param name="window">The document.</param>
    /// <param name="at">Where its <c>&lt;?</c> stands.</param>
    /// <param name="first">Whether that is the start of the document.</param>
    /// <param name="kind">What is open afterwards.</param>
    /// <returns>Where to go on, or why not.</returns>
    public static int ScanInstruction(XmlWindow window, int at, bool first, out XmlMarkupKind kind)
    {
        kind = XmlMarkupKind.None;
        ReadOnlySpan<byte> rest = window.Span[(at + 2)..];
        int length = rest.IndexOfAnyExcept(XmlCharacters.InNames);
        if (length is < 0 or > XmlCharacters.LongestName)
        {
            return rest.Length > XmlCharacters.LongestName
                ? window.Fail(at, $"a name of more than {XmlCharacters.LongestName} bytes")
                : window.Wait(at);
        }

        ReadOnlySpan<byte> target = rest[..length];
        if (first && target.SequenceEqual("xml"u8))
        {
            int end = rest.IndexOfAny((byte)'<', (byte)'>', (byte)'?');
            return end < 0 || (rest[end] == (byte)'?' && end + 1 == rest.Length) ? window.Wait(at)
                : rest[end..].StartsWith("?>"u8) && XmlDeclaration.IsWellFormed(rest[length..end]) ? at + 2 + end + 2
                : window.Fail(at, "the XML declaration is not of the form `<?xml version=\"1.0\" encoding=\"…\"?>`");
        }

        if (target.Length == 3 && (target[0] | 0x20) == 'x' && (target[1] | 0x20) == 'm' && (target[2] | 0x20) == 'l')
        {
            return window.Fail(at, "an XML declaration that is not at the very start of the file");
        }

        if (!XmlCharacters.IsName(target, out int colon) || colon >= 0)
        {
            return window.Fail(at, $"`<?{XmlName.Show(target)}` starts no processing instruction");
        }

        kind = XmlMarkupKind.Instruction;
        if (XmlCharacters.IsSpace(rest[length]) || rest[length..].StartsWith("?>"u8))
        {
            return at + 2 + length;
        }

        kind = XmlMarkupKind.None;
        return rest[length] == (byte)'?' && length + 1 == rest.Length
            ? window.Wait(at)
            : window.Fail(at + 2 + length, $"{XmlName.ShowFirst(rest[length..])} is not expected in a processing instruction's name");
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start, out bool undecided)
    {
        undecided = text.Length < start.Length && start.StartsWith(text);
        return text.StartsWith(start);
    }
}
