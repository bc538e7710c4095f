using System.Text;

namespace Assay.Read;

/// <summary>Names as messages show them.</summary>
internal static class XmlName
{
    private const int Shown = 40;

    /// <summary>A name, or what stands in its place, short enough for a message.</summary>
    /// <param name="name">Its bytes.</param>
    /// <returns>At most its first 40 bytes.</returns>
    public static string Show(ReadOnlySpan<byte> name) =>
        name.Length > Shown ? Encoding.UTF8.GetString(name[..Shown]) + "…" : Encoding.UTF8.GetString(name);

    /// <summary>The character that stands at a place.</summary>
    /// <param name="text">The text from there on; not empty.</param>
    /// <returns>The character in backquotes, or its name when it cannot be seen, or may not be there as a whole.</returns>
    public static string ShowFirst(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'\n' or (byte)'\r' => "the end of a line",
        (byte)' ' or (byte)'\t' => "a space",
        >= 0x80 => "a character that is not ASCII",
        _ => $"`{(char)text[0]}`",
    };
}
