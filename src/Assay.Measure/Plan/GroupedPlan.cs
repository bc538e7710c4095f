using Assay.Data;
using Assay.Measure.Memory;

namespace Assay.Measure.Plan;

/// <summary>A KPI of groups: keys, aggregates, measures over them, derived columns over the result.</summary>
internal sealed class GroupedPlan : KpiPlan
{
    public GroupedPlan(KpiDefinition definition, JoinedTable rows)
        : base(definition, rows)
    {
        Schema table = rows.Schema;
        SegmentDefinition? segments = definition.Segments;
        RejectTwins(definition, definition.GroupBy.Concat(definition.Measures).Concat(definition.Derive)
            .Select(column => column.Name).Concat(segments is null ? [] : [segments.Column]));
        if (definition.GroupBy.Count > GroupIndex.MostKeys)
        {
            throw new KpiException($"`{definition.Name}` is grouped by {definition.GroupBy.Count} columns, and {GroupIndex.MostKeys} are the most");
        }

        Keys = [.. definition.GroupBy.Select(key => new OutputColumn(
            key.Name, Try(key.Value, () => ExpressionBinder.Bind(key.Value, table)), key.Scale))];
        CheckFill();

        var aggregates = new AggregateSet(table, definition.Aggregates);
        Expression[] measures = [.. definition.Measures.Select(measure => Try(measure.Value, () => aggregates.TakeOut(measure.Value)))];
        Expression? having = definition.Having is { } declared ? Try(declared, () => aggregates.TakeOut(declared)) : null;
        Aggregates = aggregates.Aggregates;

        // Keys first, then aggregates, measures, windows and derived columns, each seeing those before it.
        var columns = Keys.Select(key => key.Column with { Type = key.Value.Type }).ToList();
        columns.AddRange(Aggregates.Select((aggregate, i) => new Column(AggregateSet.ColumnName(i), aggregate.ResultType)));
        HashSet<string> inexact = aggregates.InexactColumns();
        AggregateOfMeasure = [.. measures.Select(measure => measure is ColumnExpression column ? aggregates.IndexOf(column.Name) : -1)];
        Measures = [.. definition.Measures.Select((measure, i) => Bind(measure, measures[i], columns, inexact))];
        columns.AddRange(Measures.Select(measure => new Column(measure.Name, measure.Value.Type)));

        Measured = new Schema([.. columns]);
        HavingOfAggregates = having;
        Having = having is null ? null : Condition(having, Measured, definition.Having);
        var windows = new WindowSet(argument => ExpressionBinder.Bind(argument, Measured));
        Expression[] derived = [.. definition.Derive.Select(column => Try(column.Value, () => windows.TakeOut(column.Value)))];
        Windows = windows.Columns;
        for (int i = 0; i < Windows.Count; i++)
        {
            columns.Add(new Column(WindowSet.ColumnName(i), Windows[i].Type));
            if (Windows[i].Argument?.Columns.Any(column => inexact.Contains(Measured.Columns[column].Name)) == true)
            {
                inexact.Add(WindowSet.ColumnName(i));
            }
        }

        var derive = new List<OutputColumn>();
        for (int i = 0; i < derived.Length; i++)
        {
            OutputColumn column = Bind(definition.Derive[i], derived[i], columns, inexact);
            derive.Add(column);
            columns.Add(new Column(column.Name, column.Value.Type));
        }

        Derive = derive;
        Column[] segment = segments is null ? [] : [new Column(segments.Column, ColumnType.String)];
        Full = new Schema([.. columns, .. segment]);
        Result = new Schema([.. Keys.Concat(Measures).Concat(Derive).Select(column => column.Column), .. segment]);
        OrderBy = Order(definition, Result);
        int late = OrderBy.Select(term => term.Column).DefaultIfEmpty(-1).Max();
        if (Windows.Count > 0 && late >= Keys.Count + Measures.Count)
        {
            throw new KpiException($"`{definition.Name}` is ordered by `{Result.Columns[late].Name}`, but its derived columns depend on the order");
        }

        CheckSegments();
        RejectTwinTotals();
        Totals = definition.Summary.Count > 0 ? new SummaryPlan(definition, Full, Result) : null;
        Summary = new Schema([.. Totals?.Entries.Select(entry => entry.Column) ?? []]);
    }

    public override Schema Result { get; }

    public override Schema Summary { get; }

    public override IReadOnlyList<string> CountedTables => Totals?.Tables ?? [];

    public IReadOnlyList<OutputColumn> Keys { get; }

    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    public IReadOnlyList<OutputColumn> Measures { get; }

    /// <summary>For each measure the aggregate that it is, as it stands; -1 for what is made of aggregates.</summary>
    public IReadOnlyList<int> AggregateOfMeasure { get; }

    /// <summary>The columns up to the measures: what <see cref="Having"/> and windows see.</summary>
    public Schema Measured { get; }

    /// <summary>The groups that are kept; null for all.</summary>
    public BoundExpression? Having { get; }

    /// <summary>The same, over the columns of <see cref="Measured"/>.</summary>
    public Expression? HavingOfAggregates { get; }

    public IReadOnlyList<WindowColumn> Windows { get; }

    public IReadOnlyList<OutputColumn> Derive { get; }

    public IReadOnlyList<(int Column, bool Descending)> OrderBy { get; }

    /// <summary>The figures beside the rows, or null.</summary>
    public SummaryPlan? Totals { get; }

    /// <summary>All columns that exist while the result is made, in the order they are made.</summary>
    public Schema Full { get; }

    internal override bool NeedsSecondPass => false;

    /// <summary>Where a column of the result stands among all columns.</summary>
    public int PlaceOf(int resultColumn)
    {
        // The result leaves out the aggregates, which stand after the keys, and the windows, after the measures.
        int at = resultColumn < Keys.Count ? resultColumn : resultColumn + Aggregates.Count;
        return resultColumn < Keys.Count + Measures.Count ? at : at + Windows.Count;
    }

    /// <summary>Binds a result column. One that is a quotient or a deviation, or made of one, has no digits of its own to end at.</summary>
    private static OutputColumn Bind(NamedExpression named, Expression expression, List<Column> columns, HashSet<string> inexact)
    {
        BoundExpression value = Try(
            named.Value, () => ExpressionBinder.Bind(Quotients.WithGuardDigit(expression), new Schema([.. columns])));
        if (!Quotients.Has(expression) && !value.Columns.Any(column => inexact.Contains(columns[column].Name)))
        {
            return new OutputColumn(named.Name, value, named.Scale);
        }

        inexact.Add(named.Name);
        return new OutputColumn(named.Name, value, named.Scale ?? Quotients.DefaultScale);
    }

    private void CheckFill()
    {
        if (Definition.Fill is not { } unit)
        {
            return;
        }

        if (Keys.Count != 1)
        {
            throw new KpiException(
                $"`fill` of `{Definition.Name}` needs one group key, and there are {Keys.Count}", "which of several would the empty groups belong to?");
        }

        bool isCalendar = unit == FillUnit.Day
            ? Keys[0].Value.Type.Kind == ColumnKind.Date
            : Keys[0].Value.Type.Kind == ColumnKind.String && Definition.GroupBy[0].Value is ColumnExpression or CallExpression { Name: "year_month" };
        if (!isCalendar)
        {
            throw new KpiException(
                $"`fill` of `{Definition.Name}` cannot tell what comes between two values of `{Keys[0].Name}`",
                unit == FillUnit.Day ? "for `day`, group by a date such as date(x)" : "for `month`, group by year_month(x)");
        }
    }

    private void CheckSegments()
    {
        if (Definition.Segments is not { } segments)
        {
            return;
        }

        int of = Result.IndexOf(segments.Of);
        if (of < 0 || segments.Of == segments.Column)
        {
            throw new KpiException(
                $"`segments` of `{Definition.Name}` are of no column of the result: `{segments.Of}`",
                DidYouMean.Hint(segments.Of, Result.Columns.Select(column => column.Name).Where(name => name != segments.Column)));
        }

        if (!Result.Columns[of].Type.IsNumeric)
        {
            throw new KpiException($"`segments` of `{Definition.Name}` are of a number, and `{segments.Of}` is {Result.Columns[of].Type}");
        }

        if (segments.Levels.Count == 0)
        {
            throw new KpiException($"`segments` of `{Definition.Name}` has no segment");
        }
    }

    /// <summary>The totals stand beside the rows, which go by the KPI's name.</summary>
    private void RejectTwinTotals()
    {
        string[] names = [.. Definition.Summary.Select(entry => entry.Name), .. Definition.Segments?.Total is { } total ? new[] { total } : []];
        if (names.Length == 0)
        {
            return;
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new KpiException($"`{Definition.Name}` has two totals named `{twins.Key}`");
        }

        if (names.Contains(Definition.Name))
        {
            throw new KpiException($"a total of `{Definition.Name}` has the KPI's own name, which is that of its rows");
        }
    }
}
