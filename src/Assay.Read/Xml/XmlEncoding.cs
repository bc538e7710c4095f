using System.Text;

namespace Assay.Read;

/// <summary>Finds out how a document is encoded: by its byte order mark, else by its declaration, else it is UTF-8 (XML 1.0 appendix F).</summary>
internal static class XmlEncoding
{
    /// <summary>What is read, for messages.</summary>
    public const string Known = "UTF-8, UTF-16 with a byte order mark, US-ASCII, ISO-8859-1 and windows-1252";

    /// <summary>Finds out a document's encoding.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="declared">What it declares, when that is not read.</param>
    /// <returns>The encoding; null when it is not read.</returns>
    public static TextEncoding? Find(ReadOnlySpan<byte> head, out string declared)
    {
        declared = "UTF-32";
        switch (head)
        {
            case [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]:
                return null;
            case [0xFF, 0xFE, ..]:
                return new TextEncoding(TextEncodingKind.LittleEndian, 2, null);
            case [0xFE, 0xFF, ..]:
                return new TextEncoding(TextEncodingKind.BigEndian, 2, null);
            case [(byte)'<', 0, _, 0, ..]:
                return new TextEncoding(TextEncodingKind.LittleEndian, 0, null);
            case [0, (byte)'<', 0, _, ..]:
                return new TextEncoding(TextEncodingKind.BigEndian, 0, null);
            case [0xEF, 0xBB, 0xBF, ..]:
                return new TextEncoding(TextEncodingKind.Utf8, 3, null);
            default:
                declared = Encoding.ASCII.GetString(XmlDeclaration.Encoding(head));
                return Named(declared);
        }
    }

    private static TextEncoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "" or "UTF-8" or "UTF8" => TextEncoding.Utf8,

        // What is not ASCII is not valid in UTF-8 either, or it is what was meant.
        "US-ASCII" or "ASCII" => TextEncoding.Utf8,
        "ISO-8859-1" or "LATIN1" or "ISO8859-1" => TextEncoding.Latin1(),
        "WINDOWS-1252" or "CP1252" => TextEncoding.Windows1252(),
        _ => null,
    };
}
