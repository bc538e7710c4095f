using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>
/// The part of a KPI's <c>having</c> that a database can do just as well, so that fewer groups come back: conditions on
/// counts, which are the same everywhere. The result is made of all of it, whatever the database left out.
/// </summary>
internal static class PushedHaving
{
    /// <summary>Gives the condition for the statement, or null.</summary>
    /// <param name="plan">The KPI.</param>
    /// <param name="rows">Its rows.</param>
    public static SqlExpression? Of(GroupedPlan plan, QueryRows rows)
    {
        // Groups that are left out still reach to the ends of a calendar; and other statements may give their medians.
        bool mayLeaveOut = plan.Keys.Count > 0 && plan.Definition.Fill is null
            && plan.Aggregates.All(aggregate => aggregate.Kind != AggregateKind.Median);
        if (!mayLeaveOut || plan.HavingOfAggregates is null)
        {
            return null;
        }

        var pushed = new List<SqlExpression>();
        foreach (Expression condition in Parts(plan.HavingOfAggregates))
        {
            BoundExpression bound = ExpressionBinder.Bind(condition, plan.Measured);
            if (bound.Columns.Count > 0 && bound.Columns.All(column => IsCount(plan, column)))
            {
                try
                {
                    pushed.Add(rows.Translate(condition, plan.Measured, column => Count(plan, rows, plan.Aggregates[AggregateAt(plan, column)])));
                }
                catch (SqlException)
                {
                    // What the database cannot say is done here, with all groups.
                    continue;
                }
            }
        }

        return QueryRows.All(pushed);
    }

    private static IEnumerable<Expression> Parts(Expression condition) =>
        condition is BinaryExpression { Operator: BinaryOperator.And } both ? Parts(both.Left).Concat(Parts(both.Right)) : [condition];

    private static bool IsCount(GroupedPlan plan, int column) =>
        AggregateAt(plan, column) is >= 0 and int aggregate
        && plan.Aggregates[aggregate].Kind is AggregateKind.CountRows or AggregateKind.Count or AggregateKind.CountDistinct;

    /// <summary>The aggregate that a column of <see cref="GroupedPlan.Measured"/> is, or -1.</summary>
    private static int AggregateAt(GroupedPlan plan, int column)
    {
        int aggregate = column - plan.Keys.Count;
        return aggregate < plan.Aggregates.Count ? aggregate : plan.AggregateOfMeasure[aggregate - plan.Aggregates.Count];
    }

    /// <summary>Its columns are named with their table: a column of the result may have the same name.</summary>
    private static SqlAggregate Count(GroupedPlan plan, QueryRows rows, BoundAggregate count) => new(
        ColumnType.Integer,
        count.Kind == AggregateKind.CountDistinct ? SqlAggregateFunction.CountDistinct : SqlAggregateFunction.Count,
        count.Over is null ? null : rows.Translate(count.Over, plan.Table, column => rows.Column(column, isQualified: true)));
}
