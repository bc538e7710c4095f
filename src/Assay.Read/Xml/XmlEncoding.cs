using System.Text;

namespace Assay.Read;

/// <summary>How a document's bytes stand for characters: by its byte order mark, else by its declaration, else UTF-8 (XML 1.0 appendix F).</summary>
/// <param name="Kind">What a character is made of.</param>
/// <param name="Mark">The bytes of the byte order mark.</param>
/// <param name="Single">For <see cref="XmlEncodingKind.Single"/>: each byte's character.</param>
internal sealed record XmlEncoding(XmlEncodingKind Kind, int Mark, char[]? Single)
{
    /// <summary>What is read, for messages.</summary>
    public const string Known = "UTF-8, UTF-16 with a byte order mark, US-ASCII, ISO-8859-1 and windows-1252";

    // Where windows-1252 is not ISO-8859-1; five of its bytes stand for nothing, and stay control characters.
    private const string From80To9F =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>Finds out a document's encoding.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="declared">What it declares, when that is not read.</param>
    /// <returns>The encoding; null when it is not read.</returns>
    public static XmlEncoding? Find(ReadOnlySpan<byte> head, out string declared)
    {
        declared = "UTF-32";
        switch (head)
        {
            case [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]:
                return null;
            case [0xFF, 0xFE, ..]:
                return new XmlEncoding(XmlEncodingKind.LittleEndian, 2, null);
            case [0xFE, 0xFF, ..]:
                return new XmlEncoding(XmlEncodingKind.BigEndian, 2, null);
            case [(byte)'<', 0, _, 0, ..]:
                return new XmlEncoding(XmlEncodingKind.LittleEndian, 0, null);
            case [0, (byte)'<', 0, _, ..]:
                return new XmlEncoding(XmlEncodingKind.BigEndian, 0, null);
            case [0xEF, 0xBB, 0xBF, ..]:
                return new XmlEncoding(XmlEncodingKind.Utf8, 3, null);
            default:
                declared = Encoding.ASCII.GetString(XmlDeclaration.Encoding(head));
                return Named(declared);
        }
    }

    private static XmlEncoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "" or "UTF-8" or "UTF8" => new XmlEncoding(XmlEncodingKind.Utf8, 0, null),

        // What is not ASCII is not valid in UTF-8 either, or it is what was meant.
        "US-ASCII" or "ASCII" => new XmlEncoding(XmlEncodingKind.Utf8, 0, null),
        "ISO-8859-1" or "LATIN1" or "ISO8859-1" =>
            new XmlEncoding(XmlEncodingKind.Single, 0, [.. Enumerable.Range(0, 256).Select(each => (char)each)]),
        "WINDOWS-1252" or "CP1252" => new XmlEncoding(
            XmlEncodingKind.Single,
            0,
            [.. Enumerable.Range(0, 256).Select(each => each is >= 0x80 and < 0xA0 ? From80To9F[each - 0x80] : (char)each)]),
        _ => null,
    };
}
