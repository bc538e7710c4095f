using Assay.Data;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>A KPI of scored rows, asked of a database: the statistics of all rows, then the rows that score enough.</summary>
internal sealed class ScoredQuery : KpiQuery
{
    private readonly FlaggedRowsStep _flagged;

    private ScoredQuery(ScoredPlan plan, IReadOnlyList<QueryStep> steps, QueryWindow? window, FlaggedRowsStep flagged)
        : base(plan, steps, window) => _flagged = flagged;

    /// <exception cref="SqlException">The database cannot say a part of it.</exception>
    public static ScoredQuery Of(ScoredPlan plan, KpiQueryOptions options)
    {
        QueryWindow? window = Window(plan, options);
        var rows = new QueryRows(plan, options, window);
        IReadOnlyList<QueryStep> statistics = [];
        Func<LiteralExpression[]> values = () => [];
        if (plan.NeedsSecondPass)
        {
            var statements = new GroupStatements(plan, rows, window, [], [.. plan.Aggregates.Select(aggregate => (aggregate, (string?)null))]);
            statistics = [.. statements.Steps("statistics of all rows", having: null)];
            values = () => Statistics(plan, statements.Groups);
        }

        var flagged = new FlaggedRowsStep(plan, rows, window, values);
        return new ScoredQuery(plan, [.. WindowSteps(plan, options, window), .. statistics, flagged], window, flagged);
    }

    private protected override KpiResult Finish() => _flagged.Finish();

    private static LiteralExpression[] Statistics(ScoredPlan plan, QueriedGroups group)
    {
        var aggregates = new RowBatch(plan.StatisticsSchema, new TextPool(), 1);
        group.Write(aggregates);
        return plan.Statistics(aggregates);
    }
}
