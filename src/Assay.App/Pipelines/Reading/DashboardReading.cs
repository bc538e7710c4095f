using Assay.App.Dashboards;
using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Reads how a pipeline's results are shown.</summary>
internal sealed class DashboardReading
{
    private const string PanelHint = "write a KPI's name, or `{ kpi: …, by: …, chart: … }`";

    private readonly DefinitionContext _context;
    private readonly Section? _section;
    private readonly IReadOnlyDictionary<string, KpiDefinition> _kpis;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private DashboardReading(DefinitionContext context, Section? section, IReadOnlyList<KpiDefinition> kpis)
    {
        _context = context;
        _section = section;
        _kpis = kpis.DistinctBy(kpi => kpi.Name).ToDictionary(kpi => kpi.Name, StringComparer.Ordinal);
    }

    /// <summary>Reads <c>dashboard</c>; without it, every KPI is shown as it says itself.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="kpis">Its KPIs.</param>
    /// <returns>The dashboard; when something is wrong, it may lack parts.</returns>
    public static DashboardDefinition Read(DefinitionContext context, Section pipeline, IReadOnlyList<KpiDefinition> kpis) =>
        new DashboardReading(context, pipeline.Child("dashboard", PipelineKeys.Dashboard), kpis).Read();

    private DashboardDefinition Read()
    {
        DashboardPanel[] all = [.. _kpis.Values.Select(kpi => Panel(kpi))];
        return _section is null ? new DashboardDefinition { Panels = all } : new DashboardDefinition
        {
            Locale = Tag("locale", text => text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && text.Length is > 1 and < 36, "a language such as `en-IN`"),
            Currency = Tag("currency", text => text.Length == 3 && text.All(char.IsAsciiLetterUpper), "a code such as `EUR`"),
            Money = Columns("money"),
            Percent = Columns("percent"),
            Filters = Filters(),
            Panels = _section.Node("panels") is null ? all : [.. _section.Items("panels", PanelHint).Select(Panel).OfType<DashboardPanel>()],
        };
    }

    private string? Tag(string key, Func<string, bool> isOne, string what)
    {
        ExpandedText? text = _section!.Text(key);
        if (text is not null && !isOne(text.Value))
        {
            _context.Log.Add(text.Start, $"`{key}` cannot be `{text.Value}`", $"write {what}");
        }

        return text?.Value;
    }

    /// <summary>Columns of results. One that no KPI has is a slip of the pen.</summary>
    private List<string> Columns(string key)
    {
        string[] known = [.. _kpis.Values.SelectMany(ResultColumns).Distinct(StringComparer.Ordinal)];
        var columns = new List<string>();
        foreach (ExpandedText text in _section!.Texts(key, "for example `[revenue]`"))
        {
            if (!known.Contains(text.Value))
            {
                _context.Unknown("column of a KPI", text, known);
            }

            columns.Add(text.Value);
        }

        return columns;
    }

    private List<DashboardFilter> Filters()
    {
        var filters = new List<DashboardFilter>();
        foreach ((YamlScalar name, YamlNode value) in _section!.Entries("filters", "for example `region: region` or `period: sold_at`"))
        {
            ExpandedText? column = value is YamlScalar { IsNull: false } scalar ? _context.Variables.Expand(scalar) : null;
            if (column is null)
            {
                Section.WrongKind(_context.Log, name.Text, value, "a column's name");
                continue;
            }

            if (!Names.IsFile(name.Text))
            {
                _context.Log.Add(name.Start, $"`{name.Text}` cannot name a filter: it stands in addresses", "use a-z, 0-9, `_` and `-`");
            }

            Column[] found = [.. _context.Tables.Values.SelectMany(table => table.Schema.Columns).Where(one => one.Name == column.Value)];
            if (found.Length == 0)
            {
                _context.Unknown("column", column, [.. _context.Tables.Values.SelectMany(table => table.Schema.Columns).Select(one => one.Name).Distinct(StringComparer.Ordinal)]);
                continue;
            }

            if (found.Any(one => one.Type != found[0].Type))
            {
                _context.Log.Add(column.Start, $"`{column.Value}` is of several types in the tables that have it, so one filter cannot be for all of them");
            }

            filters.Add(new DashboardFilter(name.Text, column.Value, found[0].Type));
        }

        return filters;
    }

    private DashboardPanel? Panel(YamlNode item)
    {
        if (item is YamlScalar { IsNull: false } scalar)
        {
            return _context.Variables.Expand(scalar) is { } name && Kpi(name) is { } kpi && IsNew(kpi.Name, name.Start) ? Panel(kpi) : null;
        }

        if (item is not YamlMapping mapping)
        {
            _context.Log.Add(item.Start, $"a panel is a KPI's name or a mapping, and this is {item.Kind}", PanelHint);
            return null;
        }

        var section = new Section(_context, mapping, mapping.Start, PipelineKeys.Panel);
        if (section.RequiredText("kpi", "it names the KPI that the panel shows") is not { } shown || Kpi(shown) is not { } definition)
        {
            return null;
        }

        NamedExpression? by = By(section, definition);
        if (by is null && section.Node("by") is not null)
        {
            return null;
        }

        string id = by is null ? definition.Name : $"{definition.Name}_by_{by.Name}";
        return !IsNew(id, shown.Start) ? null : Panel(definition) with
        {
            Name = id,
            Title = section.Text("title")?.Value ?? definition.Title,
            By = by,
            Chart = section.Choice("chart", PipelineKeys.Charts) ?? (by is null ? definition.Chart ?? "table" : "heat_map"),
            Value = Value(section, definition),
        };
    }

    private KpiDefinition? Kpi(ExpandedText name)
    {
        if (!_kpis.TryGetValue(name.Value, out KpiDefinition? kpi))
        {
            _context.Unknown("KPI", name, [.. _kpis.Keys]);
        }

        return kpi;
    }

    private bool IsNew(string name, Place place)
    {
        if (!_names.Add(name))
        {
            _context.Log.Add(place, $"there are two panels `{name}`");
            return false;
        }

        return true;
    }

    private string? Value(Section section, KpiDefinition kpi)
    {
        ExpandedText? value = section.Text("value");
        string[] measures = [.. kpi.Measures.Concat(kpi.Derive).Select(measure => measure.Name)];
        if (value is not null && !measures.Contains(value.Value))
        {
            _context.Unknown($"measure of `{kpi.Name}`", value, measures);
        }

        return value?.Value;
    }

    private NamedExpression? By(Section section, KpiDefinition kpi)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = section.Entries("by", "for example `{ month: year_month(sold_at) }`");
        if (entries.Count == 0)
        {
            return null;
        }

        (YamlScalar name, YamlNode value) = entries[0];
        if (entries.Count > 1 || !Names.IsColumn(name.Text) || value is not YamlScalar { IsNull: false } scalar)
        {
            _context.Log.Add(name.Start, "`by` is one name with its expression", "for example `{ month: year_month(sold_at) }`");
            return null;
        }

        if (kpi.Score is not null || kpi.Fill is not null || kpi.Segments is not null)
        {
            _context.Log.Add(name.Start, $"`{kpi.Name}` cannot be divided: its rows are {(kpi.Score is not null ? "scored" : "filled or segmented")}", "show a KPI of plain groups");
            return null;
        }

        if (_context.Variables.Expand(scalar) is not { } text || ExpressionReading.Parse(_context.Log, text) is not { } parsed)
        {
            return null;
        }

        var by = new NamedExpression(name.Text, parsed.Root);
        Bind(kpi, by, parsed, text);
        return by;
    }

    private void Bind(KpiDefinition kpi, NamedExpression by, ParsedExpression parsed, ExpandedText text)
    {
        if (!_context.Tables.TryGetValue(kpi.From, out TableScope? table) || !table.IsKnown
            || parsed.Mentions(table.Broken) || kpi.Joins.Any(join => !_context.Tables.ContainsKey(join.Table)))
        {
            return;
        }

        var scope = new KpiScope(
            table.Schema, kpi.Joins.ToDictionary(join => join.Table, join => _context.Tables[join.Table].Schema, StringComparer.Ordinal), _context.Tables.Keys, _context.KeepsSilver);
        KpiBinding.Check(KpiView.Divide(kpi, by), scope, (root, mistake) =>
        {
            // What is wrong with the KPI itself was said where it stands.
            if (ReferenceEquals(root, parsed.Root))
            {
                _context.Log.Add(parsed.At(mistake), mistake.Message, mistake.Hint);
            }
            else if (root is null)
            {
                _context.Log.Add(text.Start, mistake.Message, mistake.Hint);
            }
        });
    }

    private static DashboardPanel Panel(KpiDefinition kpi) => new()
    {
        Name = kpi.Name,
        Kpi = kpi.Name,
        Title = kpi.Title,
        Chart = kpi.Chart ?? "table",
    };

    private static IEnumerable<string> ResultColumns(KpiDefinition kpi) =>
        kpi.GroupBy.Concat(kpi.Columns).Concat(kpi.Measures).Concat(kpi.Derive).Concat(kpi.Summary).Select(column => column.Name);
}
