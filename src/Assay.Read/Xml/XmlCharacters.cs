using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace Assay.Read;

/// <summary>Which characters may stand in a document, and which make names (XML 1.0 sections 2.2 and 2.3; Namespaces in XML 1.0).</summary>
internal static class XmlCharacters
{
    /// <summary>The longest name: far above any, and what bounds the memory for open elements.</summary>
    public const int LongestName = 1000;

    /// <summary>The bytes that names are made of; whether they make a name is another question.</summary>
    public static readonly SearchValues<byte> InNames = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(each => (byte)each).Where(each => each >= 0x80 || char.IsAsciiLetterOrDigit((char)each) || ":_-."u8.Contains(each))]);

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(each => (byte)each).Where(each => !"\t\n\r"u8.Contains(each))]);

    /// <summary>Whether a byte is white space.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>True for space, TAB, LF and CR.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Whether a character may stand in a document.</summary>
    /// <param name="value">Its number, of any size.</param>
    /// <returns>False for controls, surrogates, U+FFFE, U+FFFF and what is no character.</returns>
    public static bool IsLegal(uint value) =>
        value >= 0x20 ? value < 0xD800 || value - 0xE000 < 0x1FFE || value - 0x10000 < 0x100000 : value is 9 or 10 or 13;

    /// <summary>The first character that no document may have; what is not UTF-8 is another question.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="wide">Whether there are any that are not ASCII.</param>
    /// <returns>Its place, or -1.</returns>
    public static int FirstIllegal(ReadOnlySpan<byte> bytes, bool wide)
    {
        int control = bytes.IndexOfAny(Controls);
        if (control >= 0)
        {
            bytes = bytes[..control];
        }

        // U+FFFE is EF BF BE, and U+FFFF EF BF BF.
        for (int at = 0; wide; at += 2)
        {
            int found = bytes[at..].IndexOf([(byte)0xEF, (byte)0xBF]);
            if (found < 0)
            {
                break;
            }

            at += found;
            if (at + 2 < bytes.Length && bytes[at + 2] >= 0xBE)
            {
                return at;
            }
        }

        return control;
    }

    /// <summary>Where text that is not UTF-8 first goes wrong.</summary>
    /// <param name="bytes">The text.</param>
    /// <returns>The place, or -1.</returns>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Whether bytes are a name with at most one prefix.</summary>
    /// <param name="name">The bytes, all <see cref="InNames"/>.</param>
    /// <param name="colon">Where the colon after the prefix stands, -1 without one.</param>
    /// <returns>True when they are.</returns>
    public static bool IsName(ReadOnlySpan<byte> name, out int colon)
    {
        colon = name.IndexOf((byte)':');
        return colon < 0 ? IsPart(name) : IsPart(name[..colon]) && IsPart(name[(colon + 1)..]);
    }

    private static bool IsPart(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || char.IsAsciiDigit((char)part[0]) || part[0] is (byte)'-' or (byte)'.' || part.Contains((byte)':'))
        {
            return false;
        }

        return Ascii.IsValid(part) || IsWidePart(part);
    }

    /// <summary>A method of its own, so that the library of the characters' classes is loaded only for such names.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsWidePart(ReadOnlySpan<byte> part)
    {
        if (!Utf8.IsValid(part))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(part);
        return XmlConvert.IsStartNCNameChar(text[0]) && text.All(XmlConvert.IsNCNameChar);
    }
}
