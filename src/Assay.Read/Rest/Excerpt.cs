using System.Globalization;
using System.Text;

namespace Assay.Read.Rest;

/// <summary>The beginning of what an API said, fit for one line of a message.</summary>
internal static class Excerpt
{
    /// <summary>The most characters of a body that are shown.</summary>
    public const int Length = 500;

    /// <summary>Shows a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its first 500 characters on one line: line breaks and tabs are spaces, other control characters are seen as <c>\u001b</c>.</returns>
    public static string Of(string text)
    {
        var shown = new StringBuilder(Length + 1);
        foreach (char c in text.AsSpan().Trim())
        {
            if (shown.Length >= Length)
            {
                return shown.ToString(0, char.IsHighSurrogate(shown[Length - 1]) ? Length - 1 : Length) + "…";
            }

            bool isSpace = c is '\r' or '\n' or '\t' or ' ';
            if (isSpace)
            {
                shown.Append(shown.Length > 0 && shown[^1] == ' ' ? "" : " ");
            }
            else if (char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    /// <summary>Shows a body.</summary>
    /// <param name="body">Its beginning, in UTF-8 as JSON is; other bytes become question marks in a box.</param>
    /// <param name="secrets">What is never shown.</param>
    /// <returns>The sentence that says it.</returns>
    public static string Of(ReadOnlySpan<byte> body, RestSecrets secrets)
    {
        string text = Of(secrets.Hide(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 8 * Length)])));
        return text.Length == 0 ? "It said nothing" : $"It said: {text}";
    }

    /// <summary>Whether a body is a web page.</summary>
    /// <param name="body">Its beginning.</param>
    /// <param name="mediaType">What its header says it is, if anything.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsWebPage(ReadOnlySpan<byte> body, string? mediaType)
    {
        ReadOnlySpan<byte> start = body.TrimStart(" \t\r\n"u8);
        return Starts(start, "<!doctype html"u8) || Starts(start, "<html"u8) || (mediaType == "text/html" && start.StartsWith("<"u8));
    }

    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> with) =>
        text.Length >= with.Length && Ascii.EqualsIgnoreCase(text[..with.Length], with);
}
