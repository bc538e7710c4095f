namespace Assay.App.Pipelines;

/// <summary>Reads the sources of a pipeline.</summary>
internal static class SourceReading
{
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
        char? delimiter = Delimiter(section);
        if (path is not null)
        {
            CheckPath(section, path);
        }

        return log.Count > errors || format is null || path is null
            ? null
            : new SourceDefinition { Name = name.Text, Format = format, Path = path.Value, Delimiter = delimiter, Sample = sample };
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
        long rows = section.Number("rows", 1, MostRows) ?? 10_000;
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

        return new SampleDefinition(Path.GetFullPath(Path.Combine(context.Folder, generate.Value)), rows, (ulong)seed);
    }

    private static char? Delimiter(Section section)
    {
        ExpandedText? text = section.Text("delimiter");
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
