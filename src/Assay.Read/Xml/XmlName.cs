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
    /// <returns>The character in backquotes, or its name when it cannot be seen.</returns>
    public static string ShowFirst(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out Rune first, out _);
        return first.Value switch
        {
            '\n' or '\r' => "the end of a line",
            ' ' or '\t' => "a space",
            _ => $"`{first}`",
        };
    }
}
