using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Reads one KPI.</summary>
internal sealed class KpiReading
{
    private const int MostRows = 1_000_000;
    private const string NamedHint = "for example `revenue: sum(revenue)` or `revenue: { value: sum(revenue), scale: 2 }`";


    private readonly DefinitionContext _context;
    private readonly Section _section;
    private readonly List<ParsedExpression> _expressions = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    private KpiReading(DefinitionContext context, Section section)
    {
        _context = context;
        _section = section;
    }

    /// <summary>What a run publishes beside its KPIs: files of these names would take their places.</summary>
    public static IReadOnlyList<string> PublishedNames { get; } = ["summary", "quality", "manifest", "report", "charts"];

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a KPI.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The KPI; when something is wrong, it may lack parts.</returns>
    public static KpiDefinition? Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        if (!Names.IsFile(name.Text))
        {
            context.Log.Add(name.Start, $"`{name.Text}` cannot name a KPI: it names its files", "use a-z, 0-9, `_` and `-`");
        }

        if (PublishedNames.Contains(name.Text))
        {
            context.Log.Add(name.Start, $"`{name.Text}` cannot name a KPI: every run publishes something of that name", "take another name");
        }

        return Section.Of(context, name, value, PipelineKeys.Kpi) is { } section
            ? new KpiReading(context, section).Read(name.Text)
            : null;
    }

    private KpiDefinition Read(string name)
    {
        bool scored = _section.Node("score") is not null;
        CheckShape(scored);
        TableScope? table = Table(out string from);
        var rows = new KpiRowsReading(_context, _section, from, table);
        KpiDefinition kpi = new()
        {
            Name = name,
            Title = _section.Text("title")?.Value ?? name,
            From = from,
            Joins = rows.Joins(),
            Last = rows.Last(),
            Aggregates = _context.Aggregates,
            Where = Keep(_section.Expression("where"))?.Root,
            GroupBy = scored ? [] : GroupBy(),
            Fill = Fill(),
            Measures = scored ? [] : NamedMap("measures", NamedHint, _names),
            Having = scored ? null : Keep(_section.Expression("having"))?.Root,
            Derive = scored ? [] : NamedMap("derive", "for example `share: share(revenue)`", _names),
            Segments = scored ? null : SegmentReading.Read(_context, _section, _names, CheckName),
            Columns = scored ? NamedList("columns") : [],
            Score = new ScoreReading(_context, _expressions, CheckName).Read(_section),
            Limit = (int?)_section.Number("limit", 1, MostRows),
            Chart = _section.Choice("chart", PipelineKeys.Charts),
        };
        kpi = kpi with
        {
            Summary = scored ? [] : Summary(kpi),
            OrderBy = OrderBy(kpi.Score, isWhole: _section.Node(scored ? "columns" : "measures") is not null),
        };

        // What is said of the columns of a table that could not be joined is not looked at.
        bool isJoined = _section.Node("join") is not { } joins || (joins is YamlMapping mapping && mapping.Entries.Count == kpi.Joins.Count);
        if (isJoined && table is { IsKnown: true } && kpi.Joins.All(join => _context.Tables[join.Table].IsKnown))
        {
            Bind(kpi, table, scored);
        }

        return kpi;
    }

    private void CheckShape(bool scored)
    {
        const string Hint = "a KPI has `measures` of groups, or a `score` of rows";
        if (_section.Node(scored ? "columns" : "measures") is null)
        {
            _section.Missing(scored ? "columns" : "measures", scored ? "they are what is written of each row" : Hint);
        }

        if (scored && _section.Node("limit") is null)
        {
            _section.Missing("limit", "it says how many of the scored rows are kept");
        }

        foreach (string key in scored ? ["group_by", "fill", "measures", "having", "derive", "segments", "summary"] : (string[])["columns"])
        {
            if (_section.Node(key) is { } node)
            {
                Log.Add(node.Start, scored ? $"`{key}` does not go with `score`" : $"`{key}` goes with `score` only", Hint);
            }
        }
    }

    private FillUnit? Fill() => _section.Choice("fill", PipelineKeys.Fills) switch
    {
        "month" => FillUnit.Month,
        "day" => FillUnit.Day,
        _ => null,
    };

    /// <summary>The figures beside the rows; their names are the members of the object that also has the rows.</summary>
    private List<NamedExpression> Summary(KpiDefinition kpi) => NamedMap(
        "summary",
        "for example `{ total_groups: count(*) }`",
        new HashSet<string>(StringComparer.Ordinal) { kpi.Name, kpi.Segments?.Total ?? kpi.Name });

    private TableScope? Table(out string from)
    {
        ExpandedText? text = _section.RequiredText("from", "it names the table that the KPI is computed from");
        from = text?.Value ?? "";
        if (text is null)
        {
            return null;
        }

        if (!_context.Tables.TryGetValue(from, out TableScope? table))
        {
            _context.Unknown("table", text, _context.Tables.Keys);
        }

        return table;
    }

    private List<NamedExpression> GroupBy() => _section.Node("group_by") switch
    {
        YamlMapping => NamedMap("group_by", "for example `[region]` or `{ month: year_month(sale_date) }`", _names),
        _ => NamedList("group_by"),
    };

    /// <summary>Names of columns, or mappings of one name to an expression.</summary>
    private List<NamedExpression> NamedList(string key)
    {
        var named = new List<NamedExpression>();
        foreach (YamlNode item in _section.Items(key, "for example `[region]`"))
        {
            NamedExpression? one = item switch
            {
                YamlScalar { IsNull: false } scalar => _context.Variables.Expand(scalar) is { } text ? Named(text) : null,
                YamlMapping { Entries: [var only] } => Named(only.Key, only.Value, _names),
                _ => null,
            };
            if (one is not null)
            {
                named.Add(one);
            }
            else if (item is not YamlScalar { IsNull: false } and not YamlMapping { Entries.Count: 1 })
            {
                Log.Add(item.Start, $"`{key}` is a list of columns' names, and this is {item.Kind}", "a column that is computed is written `name: expression`");
            }
        }

        return named;
    }

    private List<NamedExpression> NamedMap(string key, string hint, HashSet<string> names)
    {
        var named = new List<NamedExpression>();
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = _section.Entries(key, hint);
        foreach ((YamlScalar name, YamlNode value) in entries)
        {
            if (Named(name, value, names) is { } one)
            {
                named.Add(one);
            }
        }

        if (_section.Node(key) is YamlMapping { Entries.Count: 0 } empty)
        {
            Log.Add(empty.Start, $"`{key}` is empty", hint);
        }

        return named;
    }

    private NamedExpression? Named(ExpandedText name)
    {
        if (!Names.IsColumn(name.Value))
        {
            Log.Add(name.Start, $"`{name.Value}` is no column's name", "a column that is computed is written `name: expression`");
            return null;
        }

        TakeName(name.Value, name.Start, _names);
        return Keep(ExpressionReading.Parse(Log, name)) is { } parsed ? new NamedExpression(name.Value, parsed.Root) : null;
    }

    private NamedExpression? Named(YamlScalar name, YamlNode value, HashSet<string> names)
    {
        CheckName(name.Text, name.Start, names);
        Section? section = value is YamlMapping ? Section.Of(_context, name, value, PipelineKeys.Measure) : null;
        if (value is YamlSequence or YamlScalar { IsNull: true })
        {
            Section.WrongKind(Log, name.Text, value, "an expression", NamedHint);
        }

        ExpandedText? text = section is not null ? section.RequiredText("value", "it is the expression")
            : value is YamlScalar { IsNull: false } scalar ? _context.Variables.Expand(scalar)
            : null;
        int? scale = (int?)section?.Number("scale", 0, ColumnType.MaxScale);
        if (text is null || Keep(ExpressionReading.Parse(Log, text)) is not { } parsed)
        {
            _broken.Add(name.Text);
            return null;
        }

        return new NamedExpression(name.Text, parsed.Root, scale);
    }

    private List<OrderTerm> OrderBy(ScoreDefinition? score, bool isWhole)
    {
        var terms = new List<OrderTerm>();
        foreach (ExpandedText text in _section.Texts("order_by", "for example `[-revenue, region]`"))
        {
            bool descending = text.Value.StartsWith('-');
            string column = descending ? text.Value[1..].TrimStart() : text.Value;
            if (isWhole && !_names.Contains(column))
            {
                string? hint = DidYouMean.Hint(column, _names)
                    ?? (_names.Count == 0 ? null : $"the columns are {string.Join(", ", _names)}");
                Log.Add(text.Start, $"`order_by` names no output column `{column}`", hint);
            }
            else if (terms.Exists(term => term.Column == column))
            {
                Log.Add(text.Start, $"`{column}` is there twice");
            }

            terms.Add(new OrderTerm(column, descending));
        }

        return terms.Count == 0 && score is not null ? [new OrderTerm(score.ScoreColumn, Descending: true)] : terms;
    }

    private void Bind(KpiDefinition kpi, TableScope table, bool scored)
    {
        var parsed = _expressions.ToDictionary(expression => (object)expression.Root, ReferenceEqualityComparer.Instance);
        var joined = kpi.Joins.ToDictionary(join => join.Table, join => _context.Tables[join.Table], StringComparer.Ordinal);
        var broken = new HashSet<string>(
            table.Broken.Concat(joined.Values.SelectMany(other => other.Broken)).Concat(_broken), StringComparer.Ordinal);
        var scope = new KpiScope(
            table.Schema, joined.ToDictionary(pair => pair.Key, pair => pair.Value.Schema, StringComparer.Ordinal), _context.Tables.Keys, _context.KeepsSilver);
        KpiBinding.Check(Bindable(kpi, scored), scope, (root, mistake) =>
        {
            if (root is null)
            {
                Log.Add(_section.Place, mistake.Message, mistake.Hint);
            }
            else if (parsed[root] is var expression && !expression.Mentions(broken))
            {
                Log.Add(expression.At(mistake), mistake.Message, mistake.Hint);
            }
        });
    }

    /// <summary>The KPI with stand-ins for what is missing and without what is wrong, so that nothing is said twice.</summary>
    private static KpiDefinition Bindable(KpiDefinition kpi, bool scored)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        kpi = kpi with
        {
            GroupBy = Once(kpi.GroupBy),
            Columns = Once(kpi.Columns),
            Measures = Once(kpi.Measures),
            Derive = kpi.Measures.Count == 0 ? [] : Once(kpi.Derive),
            Segments = kpi.Segments is { } segments && names.Contains(segments.Of) && names.Add(segments.Column) ? segments : null,
            Having = kpi.Measures.Count == 0 ? null : kpi.Having,
            Summary = kpi.Measures.Count == 0 ? [] : [.. kpi.Summary.DistinctBy(entry => entry.Name).Where(entry => entry.Name != kpi.Name && entry.Name != kpi.Segments?.Total)],
            Limit = kpi.Limit ?? (scored ? 1 : null),
            Score = !scored ? null : new ScoreDefinition
            {
                ScoreColumn = "\u0001score",
                ReasonsColumn = "\u0001reasons",
                Minimum = 1,
                Total = "",
                Rules = kpi.Score?.Rules ?? [],
            },
        };
        return kpi with { OrderBy = [.. kpi.OrderBy.Where(term => names.Contains(term.Column))] };

        List<NamedExpression> Once(IReadOnlyList<NamedExpression> all) => [.. all.Where(named => names.Add(named.Name))];
    }

    private ParsedExpression? Keep(ParsedExpression? expression)
    {
        if (expression is not null)
        {
            _expressions.Add(expression);
        }

        return expression;
    }

    private void CheckName(string name, Place place) => CheckName(name, place, _names);

    private void CheckName(string name, Place place, HashSet<string> names)
    {
        if (!Names.IsColumn(name))
        {
            Log.Add(place, $"`{name}` cannot name a column", "use letters, digits and `_`, and no word of the expressions");
        }

        TakeName(name, place, names);
    }

    private void TakeName(string name, Place place, HashSet<string> names)
    {
        if (!names.Add(name))
        {
            Log.Add(place, names == _names ? $"column `{name}` is there twice" : $"`{name}` already names the KPI's rows or another of its totals");
        }
    }
}
