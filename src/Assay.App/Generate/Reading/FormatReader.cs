using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads the format of a dataset's file, and what goes with it.</summary>
internal static class FormatReader
{
    private static readonly string[] Formats = ["csv", "xml", "jsonl"];

    /// <summary>Reads the format; CSV when none is given, and after a problem.</summary>
    public static RecordFormat Read(YamlSource source, YamlMap map)
    {
        string format = map["format"] is { } node ? source.Text(node, "`format`") ?? "" : "csv";
        if (!Formats.Contains(format))
        {
            source.Unknown(map["format"]!, "format", format, Formats);
        }

        foreach ((string key, string only) in ((string, string)[])[("delimiter", "csv"), ("root", "xml"), ("record", "xml")])
        {
            if (map[key] is { } other && format != only)
            {
                source.Add(other, $"`{key}` is for the format {only}");
            }
        }

        byte delimiter = Delimiter(source, map["delimiter"]);
        byte[] lineEnd = LineEnd(source, map["line_end"]);
        return format switch
        {
            "xml" => new XmlFormat(
                Element(source, map.Required("root"), "root"),
                Element(source, map.Required("record"), "record"),
                lineEnd.Length == 1 ? "\n" : "\r\n"),
            "jsonl" => new JsonLinesFormat(lineEnd),
            _ => new CsvFormat(delimiter, lineEnd),
        };
    }

    /// <summary>The name of the file, without a folder.</summary>
    /// <param name="source">Where problems go.</param>
    /// <param name="node">What is said of it, or null.</param>
    /// <param name="otherwise">The name when nothing is said, and after a problem.</param>
    public static string FileName(YamlSource source, YamlNode? node, string otherwise)
    {
        if (node is null || source.Text(node, "`file`") is not { } name)
        {
            return otherwise;
        }

        if (name.Length is > 0 and <= 200 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            return name;
        }

        source.Add(node, "`file` is a name without a folder, of letters, digits, `_`, `-` and `.`");
        return otherwise;
    }

    private static string Element(YamlSource source, YamlNode? node, string key)
    {
        string? name = node is null ? null : source.Text(node, $"`{key}`");
        if (name is not null && !XmlFormat.IsName(name))
        {
            source.Add(node!, $"`{name}` cannot be the name of an XML element");
        }

        return name ?? key;
    }

    private static byte Delimiter(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return (byte)',';
        }

        if (node is YamlScalar { Text: "," or ";" or "|" or "\t" } scalar)
        {
            return (byte)scalar.Text[0];
        }

        source.Add(node, "`delimiter` must be one of \",\" \";\" \"|\" \"\\t\"");
        return (byte)',';
    }

    private static byte[] LineEnd(YamlSource source, YamlNode? node)
    {
        switch ((node as YamlScalar)?.Text)
        {
            case "lf":
                return "\n"u8.ToArray();
            case "crlf":
                return "\r\n"u8.ToArray();
            default:
                if (node is not null)
                {
                    source.Add(node, "`line_end` must be lf or crlf");
                }

                return "\n"u8.ToArray();
        }
    }
}
