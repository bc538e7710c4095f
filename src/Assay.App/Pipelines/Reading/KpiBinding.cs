using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>
/// Finds all that is wrong with the expressions of a KPI. What is right is for <see cref="KpiPlan"/> to say, which
/// stops at the first mistake; so what is wrong is taken out, and the rest is tried again.
/// </summary>
internal static class KpiBinding
{
    private static readonly Expression Always = LiteralExpression.Boolean(true);

    /// <summary>Tests a KPI.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <param name="table">Its table's columns.</param>
    /// <param name="report">Called with each mistake, and with the expression, as the KPI holds it, that it is in; null when
    /// it is in the KPI as a whole.</param>
    public static void Check(KpiDefinition kpi, Schema table, Action<Expression?, ExpressionException> report)
    {
        for (; ; )
        {
            (KpiPlan? plan, KpiException? mistake) = Plan(kpi, table);
            if (plan is not null)
            {
                CheckScales(kpi, plan, report);
                CheckFormats(kpi, table, report);
                return;
            }

            Expression? owner = Owner(kpi, table, mistake!);
            report(owner, Explain(kpi, table, owner, mistake!));
            if (owner is null)
            {
                return;
            }

            kpi = Without(kpi, owner);
        }
    }

    private static (KpiPlan? Plan, KpiException? Mistake) Plan(KpiDefinition kpi, Schema table)
    {
        try
        {
            return (KpiPlan.Create(kpi, table), null);
        }
        catch (KpiException exception)
        {
            return (null, exception);
        }
    }

    /// <summary>What to say of a mistake: where a measure lacks an aggregate or has one too many, what the plan says of columns would mislead.</summary>
    private static ExpressionException Explain(KpiDefinition kpi, Schema table, Expression? owner, KpiException mistake)
    {
        bool aggregates = kpi.Measures.Any(measure => ReferenceEquals(measure.Value, owner)) || kpi.Score is not null;
        Expression? node = aggregates ? owner?.DescendantsAndSelf().LastOrDefault(node => node.Position == mistake.Position) : null;
        return node switch
        {
            ColumnExpression column when table.IndexOf(column.Name) >= 0 && mistake.Message.StartsWith("there is no column", StringComparison.Ordinal) => new ExpressionException(
                $"a measure is about many rows, so column `{column.Name}` needs an aggregate",
                mistake.Position,
                $"for example `max({column.Name})`, or group by it"),
            CallExpression call when ExpressionFunctions.IsAggregate(call.Name) && mistake.Message.StartsWith($"`{call.Name}` is only allowed", StringComparison.Ordinal) =>
                new ExpressionException($"`{call.Name}` stands inside of another aggregate", mistake.Position, "an aggregate is of columns"),
            _ => new ExpressionException(mistake.Message, mistake.Position, mistake.Hint),
        };
    }

    /// <summary>The expression of the KPI that a mistake is in. The plan rewrites those of scores, so there it is found by trying each alone.</summary>
    private static Expression? Owner(KpiDefinition kpi, Schema table, KpiException mistake)
    {
        IEnumerable<Expression?> whole = Named(kpi).Select(named => named.Value).Append(kpi.Where);
        if (mistake.Expression is not null && whole.Any(expression => ReferenceEquals(expression, mistake.Expression)))
        {
            return mistake.Expression;
        }

        foreach (ScoreRule rule in kpi.Score?.Rules ?? [])
        {
            if (IsWrong(new ScoreRule(rule.When, rule.Points, new ReasonTemplate([]))))
            {
                return rule.When;
            }

            if (rule.Reason.Parts.FirstOrDefault(part => part.Value is not null && IsWrong(new ScoreRule(Always, 1, new ReasonTemplate([part])))) is { } wrong)
            {
                return wrong.Value;
            }
        }

        return null;

        bool IsWrong(ScoreRule rule) =>
            Plan(kpi with { Where = null, Columns = [], OrderBy = [], Score = kpi.Score! with { Rules = [rule] } }, table).Mistake?.Expression is not null;
    }

    /// <summary>The KPI without an expression, and without what is made of its column: that is not wrong on its own account.</summary>
    private static KpiDefinition Without(KpiDefinition kpi, Expression wrong)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        return kpi with
        {
            Where = ReferenceEquals(kpi.Where, wrong) ? null : kpi.Where,
            GroupBy = Keep(kpi.GroupBy, ofColumns: false),
            Columns = Keep(kpi.Columns, ofColumns: false),
            Measures = Keep(kpi.Measures, ofColumns: true),
            Derive = Keep(kpi.Derive, ofColumns: true),
            OrderBy = [.. kpi.OrderBy.Where(term => !gone.Contains(term.Column))],
            Score = kpi.Score is null ? null : kpi.Score with
            {
                Rules = [.. kpi.Score.Rules.Where(rule => !ReferenceEquals(rule.When, wrong)).Select(rule => rule with
                {
                    Reason = new ReasonTemplate([.. rule.Reason.Parts.Where(part => !ReferenceEquals(part.Value, wrong))]),
                })],
            },
        };

        List<NamedExpression> Keep(IReadOnlyList<NamedExpression> all, bool ofColumns)
        {
            var kept = new List<NamedExpression>();
            foreach (NamedExpression named in all)
            {
                if (ReferenceEquals(named.Value, wrong)
                    || (ofColumns && named.Value.DescendantsAndSelf().Any(node => node is ColumnExpression column && gone.Contains(column.Name))))
                {
                    gone.Add(named.Name);
                }
                else
                {
                    kept.Add(named);
                }
            }

            return kept;
        }
    }

    private static void CheckScales(KpiDefinition kpi, KpiPlan plan, Action<Expression?, ExpressionException> report)
    {
        foreach (NamedExpression named in Named(kpi).Where(named => named.Scale is not null))
        {
            ColumnType type = plan.Result.Columns[plan.Result.IndexOf(named.Name)].Type;
            if (!type.IsNumeric)
            {
                report(named.Value, new ExpressionException($"only numbers are rounded to a `scale`, and this is of type {type}", 0));
            }
        }
    }

    private static void CheckFormats(KpiDefinition kpi, Schema table, Action<Expression?, ExpressionException> report)
    {
        foreach (ReasonPart part in kpi.Score?.Rules.SelectMany(rule => rule.Reason.Parts) ?? [])
        {
            if (part is { Value: { } value } && (part.Thousands || part.Percent || part.Decimals is not null))
            {
                // An aggregate is a number just when its values are, but for counts.
                Expression row = value.Rewrite(node => node is CallExpression call && ExpressionFunctions.IsAggregate(call.Name)
                    ? call.Name == "count" ? new LiteralExpression(0, ColumnType.Integer, 0, null) : call.Arguments[0]
                    : null);
                ColumnType type = ExpressionBinder.Bind(row, table).Type;
                if (!type.IsNumeric)
                {
                    report(value, new ExpressionException($"only numbers have a format, and this is of type {type}", 0));
                }
            }
        }
    }

    private static IEnumerable<NamedExpression> Named(KpiDefinition kpi) =>
        kpi.GroupBy.Concat(kpi.Columns).Concat(kpi.Measures).Concat(kpi.Derive);
}
