using System.Globalization;
using System.Text;

namespace Assay.Read;

/// <summary>The text of JSON strings.</summary>
internal static class JsonText
{
    /// <summary>Takes the escapes out of a string that is well formed.</summary>
    /// <param name="escaped">What stands between its quotes.</param>
    /// <param name="target">Where to write the text: as many bytes are enough. May be the same place.</param>
    /// <param name="isText">False when one half of a surrogate pair stands alone, for which there is no UTF-8.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> target, out bool isText)
    {
        isText = true;
        int at = 0;
        int written = 0;
        while (at < escaped.Length)
        {
            int plain = escaped[at..].IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length - at : plain;
            escaped.Slice(at, plain).CopyTo(target[written..]);
            at += plain;
            written += plain;
            if (at == escaped.Length)
            {
                break;
            }

            if (escaped[at + 1] == 'u')
            {
                Rune rune = Unit(escaped, ref at, ref isText);
                written += rune.EncodeToUtf8(target[written..]);
                continue;
            }

            target[written++] = escaped[at + 1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte same => same,
            };
            at += 2;
        }

        return written;
    }

    /// <summary>One <c>\uXXXX</c>, or two that make a pair.</summary>
    private static Rune Unit(ReadOnlySpan<byte> escaped, ref int at, ref bool isText)
    {
        char unit = Hex(escaped, at);
        at += 6;
        if (Rune.TryCreate(unit, out Rune rune))
        {
            return rune;
        }

        if (at + 6 <= escaped.Length && escaped[at] == '\\' && escaped[at + 1] == 'u'
            && Rune.TryCreate(unit, Hex(escaped, at), out rune))
        {
            at += 6;
            return rune;
        }

        isText = false;
        return Rune.ReplacementChar;
    }

    private static char Hex(ReadOnlySpan<byte> escaped, int at) =>
        (char)ushort.Parse(escaped.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
