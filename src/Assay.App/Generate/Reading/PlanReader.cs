using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Assay.App.Generate;

/// <summary>Reads a whole generation file.</summary>
internal static class PlanReader
{
    /// <summary>Reads a file's text.</summary>
    /// <exception cref="GenerateDefinitionException">The text is wrong.</exception>
    public static GeneratePlan Read(string yaml, string file)
    {
        var source = new YamlSource(file);
        GeneratePlan? plan = source.Root(yaml) is { } root ? Plan(source, root) : null;
        return plan is not null && source.Problems.Count == 0
            ? plan
            : throw new GenerateDefinitionException(source.Problems);
    }

    private static GeneratePlan? Plan(YamlSource source, YamlNode root)
    {
        var map = new YamlMap(
            source, root, "the file", "generate", "start", "delimiter", "line_end", "tables", "values", "columns", "errors");
        string? name = map.Required("generate") is { } node ? source.Text(node, "`generate`") : null;
        DateOnly start = Start(source, map.Required("start"));
        byte delimiter = Delimiter(source, map["delimiter"]);
        byte[] lineEnd = LineEnd(source, map["line_end"]);
        if (map.Required("columns") is not { } columnsNode)
        {
            return null;
        }

        IReadOnlyDictionary<string, PickTable> tables = TableReader.Read(source, map["tables"]);
        IReadOnlyList<(YamlScalarNode Key, YamlNode Value)> columns = source.Entries(columnsNode, "`columns`");
        IReadOnlyList<(YamlScalarNode Key, YamlNode Value)> hidden = map["values"] is { } values ? source.Entries(values, "`values`") : [];
        if (columns.Count == 0)
        {
            source.Add(columnsNode, "`columns` needs at least one column");
        }

        var declared = new Dictionary<string, YamlNode>();
        foreach ((YamlScalarNode key, YamlNode value) in hidden.Concat(columns))
        {
            if (key.Value is "row" or "start" || !declared.TryAdd(key.Value!, value))
            {
                source.Add(key, key.Value is "row" or "start" ? $"`{key.Value}` has a meaning of its own" : $"`{key.Value}` is both a value and a column");
            }
        }

        var builder = new PlanBuilder(delimiter);
        var reader = new ValueReader(source, builder, tables, declared);
        foreach ((YamlScalarNode key, _) in hidden)
        {
            reader.Named(key.Value!, key);
        }

        var writers = new List<FieldWriter>();
        foreach ((YamlScalarNode key, YamlNode value) in columns)
        {
            BoundValue? column = reader.Named(key.Value!, key);
            if (column is { Writer: null })
            {
                source.Add(value, $"a column cannot be a whole table row: put `pick` under `values` and write its fields");
            }

            writers.Add(builder.Field(column?.Writer ?? builder.Constant("")));
        }

        string[] names = [.. columns.Select(column => column.Key.Value!)];
        List<BlockStep> steps = builder.Steps;
        builder.Steps = [];
        ErrorReader errors = ErrorReader.Read(reader, map["errors"], names);
        var program = new RowProgram
        {
            Columns = names,
            Steps = steps,
            ErrorSteps = builder.Steps,
            ErrorSlot = errors.Slot,
            Errors = errors.Kinds,
            Writers = [.. writers],
            Streams = builder.Streams,
            Slots = builder.Slots,
            Delimiter = delimiter,
            LineEnd = lineEnd,
            TimeSpan = reader.TimeSpan,
        };
        return name is null ? null : new GeneratePlan(name, start, errors.Rate, program);
    }

    private static DateOnly Start(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return default;
        }

        if (node is YamlScalarNode { Value: { } text }
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly start))
        {
            return start;
        }

        source.Add(node, "`start` must be a date written yyyy-MM-dd");
        return default;
    }

    private static byte Delimiter(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return (byte)',';
        }

        if (node is YamlScalarNode { Value: "," or ";" or "|" or "\t" } scalar)
        {
            return (byte)scalar.Value[0];
        }

        source.Add(node, "`delimiter` must be one of \",\" \";\" \"|\" \"\\t\"");
        return (byte)',';
    }

    private static byte[] LineEnd(YamlSource source, YamlNode? node)
    {
        switch ((node as YamlScalarNode)?.Value)
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
