using Assay.Data;
using Assay.Measure;
using YamlDotNet.Core;

namespace Assay.App.Pipelines;

/// <summary>Reads one document that is published with the KPIs.</summary>
internal sealed class OutputReading
{
    private const int LongestName = 128;
    private const string NameHint = "for example `report_{exported_at}.json`: letters, digits, `_`, `-` and `.`, with `{run_id}` and `{exported_at}`, ending in .json or .csv";
    private const string RowsHint = "for example `{ rows: customers, columns: [customer_id, full_name], order_by: [customer_id] }`";

    private readonly DefinitionContext _context;
    private readonly IReadOnlyList<KpiDefinition> _kpis;

    private OutputReading(DefinitionContext context, IReadOnlyList<KpiDefinition> kpis)
    {
        _context = context;
        _kpis = kpis;
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads all documents.</summary>
    /// <param name="context">The definition they are part of.</param>
    /// <param name="pipeline">The pipeline's section.</param>
    /// <param name="kpis">Its KPIs.</param>
    /// <returns>The documents; those with mistakes are left out.</returns>
    public static List<OutputDefinition> ReadAll(DefinitionContext context, Section pipeline, IReadOnlyList<KpiDefinition> kpis)
    {
        var outputs = new List<OutputDefinition>();
        foreach ((YamlScalar name, YamlNode value) in pipeline.Entries("outputs", "names of files stand before what is in them"))
        {
            if (new OutputReading(context, kpis).Read(name, value) is { } output)
            {
                outputs.Add(output);
            }
        }

        return outputs;
    }

    private OutputDefinition? Read(YamlScalar name, YamlNode value)
    {
        int errors = Log.Count;
        string plain = name.Text.Replace(OutputDefinition.RunIdMark, "", StringComparison.Ordinal).Replace(OutputDefinition.ExportedAtMark, "", StringComparison.Ordinal);
        string extension = Path.GetExtension(plain);
        bool isName = name.Text.Length <= LongestName && extension is ".json" or ".csv" && name.Text[0] is not ('.' or '-')
            && plain.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
        if (!isName)
        {
            Log.Add(name.Start, $"`{name.Text}` cannot name a file", NameHint);
        }
        else if (Path.GetFileNameWithoutExtension(plain) is var stem && plain == name.Text
            && (KpiReading.PublishedNames.Contains(stem) || _kpis.Any(kpi => kpi.Name == stem)))
        {
            Log.Add(name.Start, $"every run publishes a `{name.Text}` already", "take another name");
        }

        OutputNode? content = Node(name.Text, value);
        if (extension == ".csv" && content is not (null or OutputRows))
        {
            Log.Add(value.Start, "a CSV file has rows", RowsHint);
        }

        return content is null || Log.Count > errors ? null : new OutputDefinition(name.Text, content);
    }

    private OutputNode? Node(string name, YamlNode value) => value switch
    {
        YamlMapping mapping => mapping.TryGet("rows", out (YamlScalar Key, YamlNode) rows) ? Rows(Section(rows.Key, mapping, PipelineKeys.OutputRows))
            : mapping.TryGet("map", out (YamlScalar Key, YamlNode) map) ? Map(Section(map.Key, mapping, PipelineKeys.OutputMap))
            : mapping.TryGet("value", out (YamlScalar Key, YamlNode) figure) ? Figure(Section(figure.Key, mapping, PipelineKeys.OutputFigure))
            : mapping.TryGet("run", out (YamlScalar Key, YamlNode) run) ? RunValue(Section(run.Key, mapping, PipelineKeys.OutputRunValue))
            : Object(mapping),
        YamlSequence sequence => List(name, sequence),
        YamlScalar scalar => Literal(scalar),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no node of a pipeline's file."),
    };

    private Section Section(YamlScalar key, YamlMapping mapping, IReadOnlyList<string> keys) => new(_context, mapping, key.Start, keys);

    private OutputObject Object(YamlMapping mapping)
    {
        var members = new List<(string, OutputNode)>();
        foreach ((YamlScalar key, YamlNode value) in mapping.Entries)
        {
            if (Node(key.Text, value) is { } member)
            {
                members.Add((key.Text, member));
            }
        }

        return new OutputObject(members);
    }

    private OutputList List(string name, YamlSequence sequence) =>
        new([.. sequence.Items.Select(item => Node(name, item)).OfType<OutputNode>()]);

    private OutputLiteral? Literal(YamlScalar scalar)
    {
        if (scalar.IsNull)
        {
            return new OutputLiteral("null", IsText: false);
        }

        if (_context.Variables.Expand(scalar)?.Value is not { } text)
        {
            return null;
        }

        bool isPlain = scalar.Style == ScalarStyle.Plain;
        return new OutputLiteral(text, IsText: !isPlain || !(text is "true" or "false" || IsNumber(text)));
    }

    /// <summary>Whether a text is a number as JSON writes it, without an exponent.</summary>
    private static bool IsNumber(string text)
    {
        ReadOnlySpan<char> digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        return IsDigits(whole) && (whole.Length == 1 || whole[0] != '0') && (point < 0 || IsDigits(digits[(point + 1)..]));

        static bool IsDigits(ReadOnlySpan<char> some) => !some.IsEmpty && some.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private OutputRunValue? RunValue(Section section) =>
        section.Choice("run", PipelineKeys.RunValues) is { } name ? new OutputRunValue(name) : null;

    private OutputFigure? Figure(Section section)
    {
        if (section.RequiredText("value", "for example `{ value: quality.total_customers }`") is not { } text)
        {
            return null;
        }

        int point = text.Value.IndexOf('.', StringComparison.Ordinal);
        KpiDefinition? kpi = point < 0 ? null : _kpis.FirstOrDefault(one => one.Name == text.Value[..point]);
        if (kpi is null)
        {
            Log.Add(text.Start, $"`{text.Value}` names no KPI's figure", point < 0
                ? "a KPI, a point, and a figure of its summary"
                : DidYouMean.Hint(text.Value[..point], _kpis.Select(one => one.Name)) ?? $"the KPIs are {string.Join(", ", _kpis.Select(one => one.Name))}");
            return null;
        }

        string figure = text.Value[(point + 1)..];
        string[] figures = [.. new[] { kpi.Segments?.Total, kpi.Score?.Total }.OfType<string>(), .. kpi.Summary.Select(one => one.Name)];
        if (figures.Contains(figure))
        {
            return new OutputFigure(kpi.Name, figure);
        }

        Log.Add(text.Start, $"`{kpi.Name}` has no figure `{figure}` beside its rows", DidYouMean.Hint(figure, figures)
            ?? (figures.Length == 0 ? "write it under the KPI's `summary`" : $"it has {string.Join(", ", figures)}"));
        return null;
    }

    private OutputMap? Map(Section section)
    {
        const string Hint = "for example `{ map: quality_bands, key: band, value: customers }`";
        ExpandedText? from = section.RequiredText("map", Hint);
        ExpandedText? key = section.RequiredText("key", Hint);
        ExpandedText? value = section.RequiredText("value", Hint);
        string[] keys = [.. section.Texts("keys", "for example `keys: [high, medium, low]`").Select(text => text.Value).Distinct(StringComparer.Ordinal)];
        if (from is null || key is null || value is null)
        {
            return null;
        }

        if (_kpis.FirstOrDefault(one => one.Name == from.Value) is not { } kpi)
        {
            _context.Unknown("KPI", from, [.. _kpis.Select(one => one.Name)]);
            return null;
        }

        string[] columns = ColumnsOf(kpi);
        return IsColumn(kpi.Name, key, columns) && IsColumn(kpi.Name, value, columns) ? new OutputMap(kpi.Name, key.Value, value.Value, keys) : null;
    }

    private OutputRows? Rows(Section section)
    {
        if (section.RequiredText("rows", RowsHint) is not { } from)
        {
            return null;
        }

        KpiDefinition? kpi = _kpis.FirstOrDefault(one => one.Name == from.Value);
        bool isTable = _context.Tables.TryGetValue(from.Value, out TableScope? table);
        if (kpi is null && table is null)
        {
            _context.Unknown("KPI or table", from, [.. _kpis.Select(one => one.Name), .. _context.Tables.Keys]);
            return null;
        }

        if (kpi is not null && table is not null)
        {
            Log.Add(from.Start, $"`{from.Value}` is both a KPI and a table", "give the KPI another name");
            return null;
        }

        if (isTable && !_context.KeepsSilver)
        {
            Log.Add(from.Start, "the rows of a table need the silver layer", "write `layers: [bronze, silver, gold]` at the top of the file");
        }

        if (kpi is not null && section.Node("order_by") is { } ordered)
        {
            Log.Add(ordered.Start, "a KPI's rows have the KPI's order", "write `order_by` there");
        }

        string[] known = kpi is not null ? ColumnsOf(kpi) : [.. table!.Schema.Columns.Select(column => column.Name)];
        bool isWhole = kpi is not null || (table!.IsKnown && table.Broken.Count == 0);
        List<string> columns = [.. section.Texts("columns", RowsHint).Where(text => !isWhole || IsColumn(from.Value, text, known)).Select(text => text.Value)];
        var order = new List<(string, bool)>();
        foreach (ExpandedText term in section.Texts("order_by", "for example `[-data_quality_score, customer_id]`"))
        {
            bool descending = term.Value.StartsWith('-');
            string column = descending ? term.Value[1..].TrimStart() : term.Value;
            if (!isWhole || known.Contains(column))
            {
                order.Add((column, descending));
            }
            else
            {
                Log.Add(term.Start, $"`order_by` names no column of `{from.Value}`: `{column}`", DidYouMean.Hint(column, known));
            }
        }

        if (columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(twins => twins.Count() > 1) is { } twins)
        {
            Log.Add(section.Place, $"column `{twins.Key}` is there twice");
        }

        return new OutputRows(from.Value, isTable, columns.Count == 0 ? known : columns, order);
    }

    private bool IsColumn(string of, ExpandedText name, string[] columns)
    {
        if (columns.Contains(name.Value))
        {
            return true;
        }

        Log.Add(name.Start, $"`{of}` has no column `{name.Value}`", DidYouMean.Hint(name.Value, columns) ?? $"it has {string.Join(", ", columns)}");
        return false;
    }

    private static string[] ColumnsOf(KpiDefinition kpi) =>
    [
        .. kpi.GroupBy.Concat(kpi.Columns).Concat(kpi.Measures).Concat(kpi.Derive).Select(column => column.Name),
        .. new[] { kpi.Segments?.Column, kpi.Score?.ScoreColumn, kpi.Score?.ReasonsColumn }.OfType<string>(),
    ];
}
