namespace Assay.Read;

/// <summary>Takes the quotes off a quoted field.</summary>
internal static class QuotedText
{
    private const byte Quote = (byte)'"';

    /// <summary>Copies text with each doubled quote made one.</summary>
    /// <param name="text">What stands between the opening and the closing quote; its quotes come in pairs.</param>
    /// <param name="target">At least as long as the text.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int written = 0;
        while (true)
        {
            int pair = text.IndexOf(Quote);
            if (pair < 0)
            {
                text.CopyTo(target[written..]);
                return written + text.Length;
            }

            text[..(pair + 1)].CopyTo(target[written..]);
            written += pair + 1;
            text = text[(pair + 2)..];
        }
    }

    /// <summary>The text of a raw field, quotes taken off.</summary>
    /// <param name="raw">The field as it stands in the file.</param>
    /// <returns>Its text, in a new array when it was quoted.</returns>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> raw)
    {
        if (raw.Length < 2 || raw[0] != Quote)
        {
            return raw;
        }

        byte[] text = new byte[raw.Length];
        return text.AsSpan(0, Unescape(raw[1..^1], text));
    }
}
