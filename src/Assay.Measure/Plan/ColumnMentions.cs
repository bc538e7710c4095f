using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>The names that a KPI's expressions read from its rows.</summary>
internal static class ColumnMentions
{
    public static HashSet<string> Of(KpiDefinition definition)
    {
        IEnumerable<Expression> overRows = definition.GroupBy.Concat(definition.Measures).Concat(definition.Columns).Select(named => named.Value)
            .Concat(definition.Score?.Rules.SelectMany(rule => rule.Reason.Parts.Select(part => part.Value).Append(rule.When)).OfType<Expression>() ?? []);

        // What stands outside of its aggregates are the result's columns.
        IEnumerable<Expression> inHaving = definition.Having?.DescendantsAndSelf().OfType<CallExpression>() ?? [];
        return [.. overRows.Concat(inHaving).Concat(definition.Where is null ? [] : [definition.Where])
            .SelectMany(expression => expression.DescendantsAndSelf()).OfType<ColumnExpression>().Select(column => column.Name)];
    }
}
