using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.MockApi;

/// <summary>Reads how a resource is handed out in pages.</summary>
internal static class PagingReader
{
    private static readonly Dictionary<string, PagingStyle> Styles = new(StringComparer.Ordinal)
    {
        ["none"] = PagingStyle.None,
        ["page_number"] = PagingStyle.PageNumber,
        ["offset"] = PagingStyle.Offset,
        ["cursor"] = PagingStyle.Cursor,
        ["header_link"] = PagingStyle.HeaderLink,
        ["json_link"] = PagingStyle.JsonLink,
    };

    /// <summary>Reads it: a mapping, or the style's name alone.</summary>
    public static MockPaging Read(YamlSource source, YamlNode node)
    {
        string? placeKey = null;
        PagingStyle style = PagingStyle.None;
        YamlNode? named = node is YamlMapping mapping ? mapping.TryGet("style", out (YamlScalar, YamlNode Value) entry) ? entry.Value : null : node;
        if (named is null)
        {
            source.Add(node, "`paging` needs `style`", $"it is one of {string.Join(", ", Styles.Keys)}");
        }
        else if (source.Text(named, "`style`") is { } name && !Styles.TryGetValue(name, out style))
        {
            source.Unknown(named, "style", name, Styles.Keys);
        }

        (placeKey, string place, string size) = style switch
        {
            PagingStyle.Offset => ("offset_param", "offset", "limit"),
            PagingStyle.Cursor => ("cursor_param", "cursor", "limit"),
            PagingStyle.None => (null, "", ""),
            _ => ("page_param", "page", "per_page"),
        };
        if (node is not YamlMapping || named is null)
        {
            return style == PagingStyle.None ? MockPaging.None : new MockPaging(style, place, size, DefaultSize, 1);
        }

        string[] keys = placeKey switch
        {
            null => ["style"],
            "page_param" => ["style", placeKey, "size_param", "size", "first_page"],
            _ => ["style", placeKey, "size_param", "size"],
        };
        var map = new YamlMap(source, node, "`paging`", keys);
        return style == PagingStyle.None ? MockPaging.None : new MockPaging(
            style,
            Text(source, map[placeKey!], placeKey!, place),
            Text(source, map["size_param"], "size_param", size),
            Number(source, map["size"], "size", 1, MockPaging.MostRecords, DefaultSize),
            Number(source, map["first_page"], "first_page", 0, 1, 1));
    }

    // A page as most public interfaces give it when they are not asked for another.
    private const int DefaultSize = 20;

    private static string Text(YamlSource source, YamlNode? node, string key, string otherwise)
    {
        string? text = node is null ? otherwise : source.Text(node, $"`{key}`");
        if (text == "")
        {
            source.Add(node!, $"`{key}` must be the name of a query parameter");
        }

        return text ?? otherwise;
    }

    private static int Number(YamlSource source, YamlNode? node, string key, int least, int most, int otherwise)
    {
        if (node is null || source.WholeNumber(node, $"`{key}`") is not { } number)
        {
            return otherwise;
        }

        if (number >= least && number <= most)
        {
            return (int)number;
        }

        source.Add(node, $"`{key}` must be from {least} to {most}");
        return otherwise;
    }
}
