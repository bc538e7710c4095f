namespace Assay.Read;

/// <summary>Makes texts of what stands in a well-formed document. A text is never longer than what it is made of.</summary>
internal static class XmlTextDecoder
{
    /// <summary>The text of an element: its own characters, without comments, instructions and the elements in it.</summary>
    /// <param name="raw">All that stands between its tags.</param>
    /// <param name="target">Where to put the text; as long as <paramref name="raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int DecodeElement(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        int written = 0;
        int depth = 0;
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOfAny((byte)'<', (byte)'&');
            plain = plain < 0 ? raw.Length : plain;
            if (depth == 0)
            {
                written += CopyLines(raw[..plain], target[written..]);
            }

            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            if (raw[0] == (byte)'&')
            {
                int end = raw.IndexOf((byte)';');
                if (depth == 0)
                {
                    written += XmlReferences.Decode(raw[1..end])!.Value.EncodeToUtf8(target[written..]);
                }

                raw = raw[(end + 1)..];
            }
            else if (raw.StartsWith("<![CDATA["u8))
            {
                int end = raw.IndexOf("]]>"u8);
                if (depth == 0)
                {
                    written += CopyLines(raw["<![CDATA[".Length..end], target[written..]);
                }

                raw = raw[(end + 3)..];
            }
            else
            {
                raw = raw[PastMarkup(raw, ref depth)..];
            }
        }

        return written;
    }

    /// <summary>The text of an attribute: line ends and tabs are spaces there (XML 1.0 section 3.3.3).</summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="target">Where to put the text; as long as <paramref name="raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int DecodeAttribute(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        int written = 0;
        for (int at = 0; at < raw.Length; at++)
        {
            byte each = raw[at];
            if (each == (byte)'&')
            {
                int end = at + raw[at..].IndexOf((byte)';');
                written += XmlReferences.Decode(raw[(at + 1)..end])!.Value.EncodeToUtf8(target[written..]);
                at = end;
            }
            else if (each != (byte)'\r' || at + 1 == raw.Length || raw[at + 1] != (byte)'\n')
            {
                target[written++] = each < (byte)' ' ? (byte)' ' : each;
            }
        }

        return written;
    }

    /// <summary>Copies text, line ends made LF (XML 1.0 section 2.11).</summary>
    private static int CopyLines(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int written = 0;
        while (true)
        {
            int plain = text.IndexOf((byte)'\r');
            if (plain < 0)
            {
                text.CopyTo(target[written..]);
                return written + text.Length;
            }

            text[..plain].CopyTo(target[written..]);
            written += plain;
            text = text[(plain + 1)..];
            if (text.IsEmpty || text[0] != (byte)'\n')
            {
                target[written++] = (byte)'\n';
            }
        }
    }

    /// <summary>The length of a comment, an instruction or a tag.</summary>
    private static int PastMarkup(ReadOnlySpan<byte> raw, ref int depth)
    {
        if (raw.StartsWith("<!--"u8))
        {
            return 4 + raw[4..].IndexOf("-->"u8) + 3;
        }

        if (raw[1] == (byte)'?')
        {
            return 2 + raw[2..].IndexOf("?>"u8) + 2;
        }

        int at = 1;
        while (raw[at] != (byte)'>')
        {
            at += raw[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
            if (raw[at] != (byte)'>')
            {
                at += raw[(at + 1)..].IndexOf(raw[at]) + 2;
            }
        }

        depth += raw[1] == (byte)'/' ? -1 : raw[at - 1] == (byte)'/' ? 0 : 1;
        return at + 1;
    }
}
