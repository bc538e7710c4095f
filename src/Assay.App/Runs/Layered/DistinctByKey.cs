using Assay.Data;
using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Runs;

/// <summary>
/// Spares counting distinct values where a table's key says that they are: in groups by columns which together with
/// the counted one hold the key, no value comes twice. The lines of an order, grouped by product, have each order once.
/// </summary>
internal static class DistinctByKey
{
    /// <summary>Writes <c>count(distinct x)</c> as <c>count(x)</c> where that is the same.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <param name="table">Its table.</param>
    /// <returns>A KPI with the same result.</returns>
    public static KpiDefinition Simplify(KpiDefinition kpi, TableDefinition table)
    {
        if (table.Key.Count == 0 || kpi.Measures.Count == 0)
        {
            return kpi;
        }

        // A joined column of the same name is not meant by these: the table's own come first.
        var grouped = kpi.GroupBy.Select(key => key.Value).OfType<ColumnExpression>().Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return kpi with
        {
            Measures = [.. kpi.Measures.Select(measure => measure with { Value = measure.Value.Rewrite(node => Simplify(node, grouped, table)) })],
            Having = kpi.Having?.Rewrite(node => Simplify(node, grouped, table)),
        };
    }

    private static CallExpression? Simplify(Expression node, HashSet<string> grouped, TableDefinition table) =>
        node is CallExpression { Name: "count", IsDistinct: true, Arguments: [ColumnExpression counted] } call
            && table.Key.All(key => key == counted.Name || grouped.Contains(key))
            ? table.Key.Contains(counted.Name)
                ? new CallExpression(call.Position, call.Name, [], IsStar: true) // A key's column is never missing.
                : call with { IsDistinct = false }
            : null;
}
