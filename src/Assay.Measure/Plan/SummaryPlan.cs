using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>
/// A KPI's summary: aggregates over its rows, and figures of these. They are computed of the exact values and rounded once;
/// the scale that they are rounded to, when none is declared, is that which they have over the rows as they are shown.
/// </summary>
internal sealed class SummaryPlan
{
    private readonly SummaryCalls _calls;

    /// <param name="definition">The KPI.</param>
    /// <param name="exact">All columns while the result is made.</param>
    /// <param name="shown">The result's columns.</param>
    /// <exception cref="KpiException">An expression does not bind.</exception>
    public SummaryPlan(KpiDefinition definition, Schema exact, Schema shown)
    {
        _calls = new SummaryCalls(exact);
        var exactSet = new AggregateSet(exact, definition.Aggregates, _calls);
        var shownCalls = new SummaryCalls(shown);
        var shownSet = new AggregateSet(shown, definition.Aggregates, shownCalls);
        Expression[] expressions = [.. definition.Summary.Select(entry => KpiPlan.Try(entry.Value, () =>
        {
            shownSet.TakeOut(entry.Value);
            return exactSet.TakeOut(entry.Value);
        }))];
        Aggregates = exactSet.Aggregates;
        List<Column> exactColumns = Inputs(exactSet, _calls);
        List<Column> shownColumns = Inputs(shownSet, shownCalls);
        HashSet<string> inexact = exactSet.InexactColumns();
        var entries = new List<OutputColumn>();
        for (int i = 0; i < expressions.Length; i++)
        {
            NamedExpression named = definition.Summary[i];
            Expression expression = Quotients.WithGuardDigit(expressions[i]);
            BoundExpression value = KpiPlan.Try(named.Value, () => ExpressionBinder.Bind(expression, new Schema([.. exactColumns])));
            ColumnType type = KpiPlan.Try(named.Value, () => ExpressionBinder.Bind(expression, new Schema([.. shownColumns]))).Type;
            int? scale = named.Scale ?? (type.IsNumeric ? type.Scale : null);
            if (Quotients.Has(expression) || value.Columns.Any(column => inexact.Contains(exactColumns[column].Name)))
            {
                inexact.Add(named.Name);
                scale = named.Scale ?? Quotients.DefaultScale;
            }

            var entry = new OutputColumn(named.Name, value, scale);
            entries.Add(entry);
            exactColumns.Add(new Column(named.Name, value.Type));
            shownColumns.Add(entry.Column);
        }

        Entries = entries;
        Full = new Schema(exactColumns);
    }

    /// <summary>The aggregates over the rows.</summary>
    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    /// <summary>The values of the first or last row.</summary>
    public IReadOnlyList<(BoundExpression Value, bool IsLast)> Edges => _calls.Edges;

    /// <summary>The tables whose rows are counted.</summary>
    public IReadOnlyList<string> Tables => _calls.Tables;

    /// <summary>The figures, each seeing those before it.</summary>
    public IReadOnlyList<OutputColumn> Entries { get; }

    /// <summary>All columns of the one row that it is computed in: aggregates, edges, tables, entries.</summary>
    public Schema Full { get; }

    private static List<Column> Inputs(AggregateSet aggregates, SummaryCalls calls) =>
    [
        .. aggregates.Aggregates.Select((aggregate, i) => new Column(AggregateSet.ColumnName(i), aggregate.ResultType)),
        .. calls.Edges.Select((edge, i) => new Column(SummaryCalls.EdgeName(i), edge.Value.Type)),
        .. calls.Tables.Select((_, i) => new Column(SummaryCalls.TableName(i), ColumnType.Integer)),
    ];
}
