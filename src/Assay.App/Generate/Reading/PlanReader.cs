using System.Globalization;
using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads a whole generation file.</summary>
internal static class PlanReader
{
    private const int MostNames = 1000;
    private const long MostRowBytes = 8 << 20;

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="DefinitionException">The text is wrong.</exception>
    public static GeneratePlan Read(string yaml, string file)
    {
        var log = new DefinitionLog(file);
        GeneratePlan? plan = YamlReader.Read(yaml, log) is { } root ? Plan(new YamlSource(log), root) : null;
        log.ThrowIfAny();
        return plan!;
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
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns = source.Entries(columnsNode, "`columns`");
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> hidden = map["values"] is { } values ? source.Entries(values, "`values`") : [];
        if (columns.Count == 0)
        {
            source.Add(columnsNode, "`columns` needs at least one column");
        }

        var declared = new Dictionary<string, YamlNode>();
        foreach ((YamlScalar key, YamlNode value) in hidden.Concat(columns))
        {
            if (key.Text is "" or "row" or "start")
            {
                source.Add(key, $"`{key.Text}` cannot be a name", "`row` and `start` have meanings of their own");
            }

            if (!declared.TryAdd(key.Text, value))
            {
                source.Add(key, $"`{key.Text}` is both a value and a column", "a column can be used like a value");
            }
        }

        if (declared.Count > MostNames)
        {
            source.Add(columnsNode, $"the file has more than {MostNames} values and columns");
            return null;
        }

        var builder = new PlanBuilder(delimiter);
        var reader = new ValueReader(source, builder, tables, declared);
        foreach ((YamlScalar key, _) in hidden)
        {
            reader.Named(key.Text, key);
        }

        var writers = new List<FieldWriter>();
        foreach ((YamlScalar key, YamlNode value) in columns)
        {
            BoundValue? column = reader.Named(key.Text, key);
            if (column is { Writer: null })
            {
                source.Add(value, "a column cannot be a whole table row", "put the `pick` under `values` and write its fields");
            }

            writers.Add(builder.Field(column?.Writer ?? builder.Constant("")));
        }

        string[] names = [.. columns.Select(column => column.Key.Text)];
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
        if (program.MaxRowBytes() > MostRowBytes)
        {
            source.Add(columnsNode, "a row can be longer than 8 MiB");
        }

        return name is null ? null : new GeneratePlan(name, start, errors.Rate, program);
    }

    private static DateOnly Start(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return default;
        }

        if (node is YamlScalar { Text: { } text }
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
