using Assay.Read;

namespace Assay.App.Pipelines;

/// <summary>Reads the sources of a pipeline.</summary>
internal static class SourceReading
{
    private const long MostLines = 1_000_000;
    private const long MostRows = 100_000_000_000;

    /// <summary>Reads a source.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The source, or null when something is wrong.</returns>
    public static SourceDefinition? Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        DefinitionLog log = context.Log;
        int errors = log.Count;
        context.SourceNames.Add(name.Text);
        if (!Names.IsFile(name.Text))
        {
            log.Add(name.Start, $"`{name.Text}` cannot name a source", "use a-z, 0-9, `_` and `-`");
        }

        if (Section.KindOf(context, value, "format") == RestReading.Format)
        {
            return RestReading.Read(context, name, value);
        }

        if (Section.Of(context, name, value, PipelineKeys.Source) is not { } section)
        {
            return null;
        }

        if (section.Node("format") is null)
        {
            section.Missing("format", $"it is one of {string.Join(", ", PipelineKeys.Formats)}");
        }

        string? format = section.Choice("format", PipelineKeys.Formats);
        ExpandedText? path = section.RequiredText("path", "it says where the files are");
        SampleDefinition? sample = Sample(context, section);
        char? delimiter = Delimiter(section, format);
        CsvEncoding encoding = Encoding(section, format);
        RequireCsv(section, "skip_lines", format);
        long? skipped = section.Number("skip_lines", 0, MostLines);
        string? record = Record(section, format);
        IReadOnlyList<string> known = ContractReading.KnownFields(section, format);
        if (path is not null)
        {
            CheckPath(section, path);
        }

        return log.Count > errors || format is null || path is null
            ? null
            : new SourceDefinition
            {
                Name = name.Text,
                Format = format,
                Path = path.Value,
                Record = record,
                Delimiter = delimiter,
                Encoding = encoding,
                SkipLines = (int)(skipped ?? 0),
                Sample = sample,
                KnownFields = known,
            };
    }

    private static void CheckPath(Section section, ExpandedText path)
    {
        if (string.IsNullOrWhiteSpace(path.Value) && section.Node("sample") is null)
        {
            section.Log.Add(path.Start, "`path` is empty", "name a file, or declare a `sample` to stand in for it");
        }
        else if (path.Value.Contains("**", StringComparison.Ordinal))
        {
            section.Log.Add(path.At(path.Value.IndexOf("**", StringComparison.Ordinal)), "`**` is not understood", "`*` stands for any part of one name");
        }
        else if (path.Value.Contains('\0', StringComparison.Ordinal))
        {
            section.Log.Add(path.Start, "`path` holds a character that no path has");
        }
    }

    private static SampleDefinition? Sample(DefinitionContext context, Section source)
    {
        if (source.Child("sample", PipelineKeys.Sample) is not { } section)
        {
            return null;
        }

        ExpandedText? generate = section.RequiredText("generate", "it names the file that says how the sample is made");
        string? dataset = section.Text("dataset")?.Value;
        long? rows = section.Number("rows", 1, MostRows);
        long seed = section.Number("seed", 0, long.MaxValue) ?? 0;
        if (generate is null)
        {
            return null;
        }

        if (generate.Value.Length == 0 || generate.Value.Contains('\0', StringComparison.Ordinal))
        {
            section.Log.Add(generate.Start, $"`generate` names no file");
            return null;
        }

        return new SampleDefinition(Path.GetFullPath(Path.Combine(context.Folder, generate.Value)), dataset, rows, (ulong)seed);
    }

    private static string? Record(Section section, string? format)
    {
        ExpandedText? text = section.Text("record");
        if (text is null)
        {
            if (format == "xml" && section.Node("record") is null)
            {
                section.Missing("record", "it names the element that is one record, for example `record: order`");
            }

            return null;
        }

        if (format is not ("xml" or "json"))
        {
            section.Log.Add(text.Start, $"a source of format `{format}` has no `record`", "it belongs to `xml` and `json`");
        }
        else if (text.Value.Length == 0 || text.Value.Any(char.IsWhiteSpace))
        {
            section.Log.Add(text.Start, $"`{text.Value}` cannot name a record");
        }

        return text.Value;
    }

    private static CsvEncoding Encoding(Section section, string? format)
    {
        RequireCsv(section, "encoding", format);
        return section.Choice("encoding", PipelineKeys.Encodings) is { } word ? (CsvEncoding)PipelineKeys.Encodings.ToList().IndexOf(word) : CsvEncoding.Utf8;
    }

    private static void RequireCsv(Section section, string key, string? format)
    {
        if (section.Node(key) is { } node && format is not (null or "csv"))
        {
            section.Log.Add(node.Start, $"a source of format `{format}` has no `{key}`", "it belongs to `csv`");
        }
    }

    private static char? Delimiter(Section section, string? format)
    {
        ExpandedText? text = section.Text("delimiter");
        RequireCsv(section, "delimiter", format);
        switch (text?.Value)
        {
            case null or "auto":
                return null;
            case "tab" or "\\t":
                return '\t';
            case { Length: 1 } one when one[0] is '\t' or (>= ' ' and <= '~' and not '"') && !char.IsAsciiLetterOrDigit(one[0]):
                return one[0];
            default:
                section.Log.Add(text.Start, $"`{text.Value}` cannot delimit fields", "write `auto`, `tab` or one character such as `;`");
                return null;
        }
    }
}
