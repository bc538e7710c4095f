using YamlDotNet.Core;

namespace Assay.App.Pipelines;

/// <summary>A text of a YAML file, and the way back from each of its characters to its place in the file.</summary>
/// <param name="Start">Where it begins, quotes included.</param>
/// <param name="Text">The text, quotes and escapes undone.</param>
/// <param name="Style">How it is written.</param>
/// <param name="File">The file's text.</param>
/// <param name="Index">Where it begins in the file's text.</param>
internal sealed record YamlScalar(Place Start, string Text, ScalarStyle Style, string File, int Index) : YamlNode(Start)
{
    /// <inheritdoc />
    public override string Kind => IsNull ? "nothing" : "a text";

    /// <summary>Whether it stands for no value: <c>null</c>, <c>~</c> or nothing at all, without quotes.</summary>
    public bool IsNull => Style == ScalarStyle.Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    private bool IsQuoted => Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;

    /// <summary>Where a character of the text stands in the file.</summary>
    /// <param name="offset">The character, from 0.</param>
    /// <returns>Its place: that of the whole scalar when it has an anchor.</returns>
    /// <remarks>Text and file are walked side by side. A line break and the white space around it count as
    /// equal to whatever white space YAML made of them, so that folded lines come out right as well.</remarks>
    public Place Locate(int offset)
    {
        if (Index >= File.Length || File[Index] is '&' or '!')
        {
            return Start;
        }

        int at = IsQuoted ? Index + 1 : Index;
        int read = 0;
        if (Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            int header = File.IndexOf('\n', Index);
            at = header < 0 ? Index : SkipWhiteSpace(File, header);
            read = SkipWhiteSpace(Text, 0);
        }

        while (read < offset && at < File.Length)
        {
            char c = File[at];
            if (c == '\\' && Style == ScalarStyle.DoubleQuoted && at + 1 < File.Length)
            {
                (int written, int meant) = Escape(at);
                at += written;
                read += meant;
            }
            else if (char.IsWhiteSpace(c) && SkipWhiteSpace(File, at) is var end && File.AsSpan(at, end - at).Contains('\n'))
            {
                at = end;
                read = SkipWhiteSpace(Text, read);
            }
            else
            {
                at += c == '\'' && Style == ScalarStyle.SingleQuoted ? 2 : 1;
                read++;
            }
        }

        return PlaceOf(Math.Min(at, File.Length));
    }

    private (int Written, int Meant) Escape(int at) => File[at + 1] switch
    {
        'x' => (4, 1),
        'u' => (6, 1),
        'U' => (10, at + 10 <= File.Length && File.AsSpan(at + 2, 8).StartsWith("0000", StringComparison.Ordinal) ? 1 : 2),
        '\r' or '\n' => (SkipWhiteSpace(File, at + 1) - at, 0),
        _ => (2, 1),
    };

    private Place PlaceOf(int at)
    {
        ReadOnlySpan<char> before = File.AsSpan(Index, at - Index);
        int breaks = before.Count('\n');
        return breaks == 0
            ? new Place(Start.Line, Start.Column + before.Length)
            : new Place(Start.Line + breaks, before.Length - before.LastIndexOf('\n'));
    }

    private static int SkipWhiteSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
