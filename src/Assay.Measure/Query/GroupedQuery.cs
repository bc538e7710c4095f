using Assay.Measure.Memory;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>A KPI of groups, asked of a database.</summary>
internal sealed class GroupedQuery : KpiQuery
{
    private readonly GroupedPlan _plan;
    private readonly QueriedGroups _groups;
    private readonly Dictionary<string, long> _tableRows;

    private GroupedQuery(GroupedPlan plan, IReadOnlyList<QueryStep> steps, QueryWindow? window, QueriedGroups groups, Dictionary<string, long> tableRows)
        : base(plan, steps, window)
    {
        _plan = plan;
        _groups = groups;
        _tableRows = tableRows;
    }

    /// <exception cref="SqlException">The database cannot say a part of it.</exception>
    public static GroupedQuery Of(GroupedPlan plan, KpiQueryOptions options)
    {
        QueryWindow? window = Window(plan, options);
        var rows = new QueryRows(plan, options, window);
        var statements = new GroupStatements(
            plan,
            rows,
            window,
            [.. plan.Definition.GroupBy.Select((key, i) => (key, plan.Keys[i].Value.Type))],
            [.. plan.Aggregates.Select((aggregate, i) => (aggregate, MeasureOf(plan, i)))]);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        QueryStep[] steps =
        [
            .. WindowSteps(plan, options, window),
            .. statements.Steps(plan.Keys.Count == 0 ? "all rows as one group" : "groups", PushedHaving.Of(plan, rows)),
            .. plan.CountedTables.Select(table => new TableRowsStep(table, options.TableName(table), counts)),
        ];
        return new GroupedQuery(plan, steps, window, statements.Groups, counts);
    }

    private protected override KpiResult Finish() => GroupedResult.Make(_plan, _groups, new MeasureInputs { TableRows = _tableRows });

    /// <summary>The first measure that is nothing but an aggregate.</summary>
    private static string? MeasureOf(GroupedPlan plan, int aggregate)
    {
        int measure = plan.AggregateOfMeasure.ToList().IndexOf(aggregate);
        return measure < 0 ? null : plan.Measures[measure].Name;
    }
}
