using Assay.Data;
using Assay.Measure;

namespace Assay.App.Dashboards;

/// <summary>Makes of a KPI what a reader asked to see of it: fewer rows, or groups divided further. What it computes stays the KPI's.</summary>
internal static class KpiView
{
    /// <summary>Divides a KPI's groups by one more key.</summary>
    /// <param name="kpi">A KPI of plain groups.</param>
    /// <param name="by">The key.</param>
    /// <returns>All groups, in the order of their keys: a limit or a summary would be of other groups than before.</returns>
    public static KpiDefinition Divide(KpiDefinition kpi, NamedExpression by) => kpi with
    {
        GroupBy = [.. kpi.GroupBy, by],
        OrderBy = [],
        Derive = [],
        Summary = [],
        Limit = null,
    };

    /// <summary>Narrows a KPI to rows that pass filters.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <param name="columns">The columns that its rows have, those of joined tables too.</param>
    /// <param name="filters">The filters; those whose column its rows lack do not narrow it.</param>
    /// <returns>The KPI.</returns>
    public static KpiDefinition Narrow(KpiDefinition kpi, IReadOnlySet<string> columns, IEnumerable<ViewFilter> filters)
    {
        Expression? where = kpi.Where;
        foreach (ViewFilter filter in filters.Where(filter => columns.Contains(filter.Filter.Column)))
        {
            where = where is null ? filter.Condition : new BinaryExpression(0, BinaryOperator.And, where, filter.Condition);
        }

        return kpi with { Where = where };
    }
}
