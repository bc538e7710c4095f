using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A KPI of groups: keys, aggregates, measures over them, derived columns over the result.</summary>
internal sealed class GroupedPlan : KpiPlan
{
    public GroupedPlan(KpiDefinition definition, Schema table)
        : base(definition, table)
    {
        RejectTwins(definition, definition.GroupBy.Concat(definition.Measures).Concat(definition.Derive).Select(column => column.Name));
        Keys = [.. definition.GroupBy.Select(key => new OutputColumn(
            key.Name, Try(key.Value, () => ExpressionBinder.Bind(key.Value, table)), key.Scale))];

        var aggregates = new AggregateSet(table);
        Expression[] measures = [.. definition.Measures.Select(measure => Try(measure.Value, () => aggregates.TakeOut(measure.Value)))];
        Aggregates = aggregates.Aggregates;

        // Keys first, then aggregates, measures, windows and derived columns, each seeing those before it.
        var columns = Keys.Select(key => key.Column with { Type = key.Value.Type }).ToList();
        columns.AddRange(Aggregates.Select((aggregate, i) => new Column(AggregateSet.ColumnName(i), aggregate.ResultType)));
        var inexact = new HashSet<string>(StringComparer.Ordinal);
        Measures = [.. definition.Measures.Select((measure, i) => Bind(measure, measures[i], columns, inexact))];
        columns.AddRange(Measures.Select(measure => new Column(measure.Name, measure.Value.Type)));

        Schema measured = new Schema([.. columns]);
        var windows = new WindowSet(argument => ExpressionBinder.Bind(argument, measured));
        Expression[] derived = [.. definition.Derive.Select(column => Try(column.Value, () => windows.TakeOut(column.Value)))];
        Windows = windows.Columns;
        for (int i = 0; i < Windows.Count; i++)
        {
            columns.Add(new Column(WindowSet.ColumnName(i), Windows[i].Type));
            if (Windows[i].Argument?.Columns.Any(column => inexact.Contains(measured.Columns[column].Name)) == true)
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
        Full = new Schema([.. columns]);
        Result = new Schema([.. Keys.Concat(Measures).Concat(Derive).Select(column => column.Column)]);
        OrderBy = Order(definition, Result);
        int late = OrderBy.Select(term => term.Column).DefaultIfEmpty(-1).Max();
        if (Windows.Count > 0 && late >= Keys.Count + Measures.Count)
        {
            throw new KpiException($"`{definition.Name}` is ordered by `{Result.Columns[late].Name}`, but its derived columns depend on the order");
        }
    }

    public override Schema Result { get; }

    public IReadOnlyList<OutputColumn> Keys { get; }

    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    public IReadOnlyList<OutputColumn> Measures { get; }

    public IReadOnlyList<WindowColumn> Windows { get; }

    public IReadOnlyList<OutputColumn> Derive { get; }

    public IReadOnlyList<(int Column, bool Descending)> OrderBy { get; }

    /// <summary>All columns that exist while the result is made, in the order they are made.</summary>
    public Schema Full { get; }

    internal override bool NeedsSecondPass => false;

    /// <summary>Binds a result column. One that is a quotient, or made of one, has no digits of its own to end at.</summary>
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
}
