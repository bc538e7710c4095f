namespace Assay.Read;

/// <summary>How a file's bytes stand for characters.</summary>
/// <param name="Kind">What a character is made of.</param>
/// <param name="Mark">The bytes of the byte order mark.</param>
/// <param name="Single">For <see cref="TextEncodingKind.Single"/>: each byte's character.</param>
internal sealed record TextEncoding(TextEncodingKind Kind, int Mark, char[]? Single)
{
    // Where windows-1252 is not ISO-8859-1; five of its bytes stand for nothing, and stay control characters.
    private const string From80To9F =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static TextEncoding Utf8 { get; } = new(TextEncodingKind.Utf8, 0, null);

    /// <summary>ISO-8859-1: each byte is the character of that number.</summary>
    /// <returns>The encoding.</returns>
    public static TextEncoding Latin1() => new(TextEncodingKind.Single, 0, [.. Enumerable.Range(0, 256).Select(each => (char)each)]);

    /// <summary>The encoding of western Windows.</summary>
    /// <returns>The encoding.</returns>
    public static TextEncoding Windows1252() => new(
        TextEncodingKind.Single,
        0,
        [.. Enumerable.Range(0, 256).Select(each => each is >= 0x80 and < 0xA0 ? From80To9F[each - 0x80] : (char)each)]);
}
