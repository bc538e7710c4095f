using System.Buffers;
using System.Text;
using System.Xml;

namespace Assay.App.Generate;

/// <summary>XML 1.0: a root element with an element a record, and in that an element a value.</summary>
/// <param name="root">The root element's name.</param>
/// <param name="record">The records' name.</param>
/// <param name="lineEnd">What ends a line.</param>
internal sealed class XmlFormat(string root, string record, string lineEnd) : RecordFormat
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("&<>\r"u8);

    /// <inheritdoc/>
    public override string Extension => "xml";

    /// <inheritdoc/>
    public override bool IsSpecial(ReadOnlySpan<byte> text) => text.ContainsAny(Escaped);

    /// <inheritdoc/>
    public override FieldWriter Field(FieldWriter writer) => writer.Special
        ? new EscapedWriter(writer, Escaped, b => b switch
        {
            (byte)'&' => "&amp;"u8.ToArray(),
            (byte)'<' => "&lt;"u8.ToArray(),
            (byte)'>' => "&gt;"u8.ToArray(),
            _ => "&#13;"u8.ToArray(),
        })
        : writer;

    /// <inheritdoc/>
    public override RecordLayout Layout(IReadOnlyList<string> columns)
    {
        IEnumerable<string> before = columns.Select((column, place) => place == 0
            ? $"  <{record}>{lineEnd}    <{column}>"
            : $"</{columns[place - 1]}>{lineEnd}    <{column}>");
        return new RecordLayout(
            Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{lineEnd}<{root}>{lineEnd}"),
            [.. before.Select(Encoding.UTF8.GetBytes)],
            Encoding.UTF8.GetBytes($"</{columns[^1]}>{lineEnd}  </{record}>{lineEnd}"),
            Encoding.UTF8.GetBytes($"</{root}>{lineEnd}"));
    }

    /// <inheritdoc/>
    public override string? Objection(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]) && !(i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i++])))
            {
                return "XML cannot hold some of its characters";
            }
        }

        return null;
    }

    /// <summary>Whether a name may be an element's: without a colon, which stands for a namespace.</summary>
    public static bool IsName(string name)
    {
        try
        {
            XmlConvert.VerifyNCName(name);
            return true;
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            return false;
        }
    }
}
