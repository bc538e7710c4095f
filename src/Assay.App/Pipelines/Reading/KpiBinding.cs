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
    /// <param name="scope">What it may speak of.</param>
    /// <param name="report">Called with each mistake, and with the expression, as the KPI holds it, that it is in; null when
    /// it is in the KPI as a whole.</param>
    public static void Check(KpiDefinition kpi, KpiScope scope, Action<Expression?, ExpressionException> report)
    {
        for (; ; )
        {
            (KpiPlan? plan, KpiException? mistake) = Plan(kpi, scope);
            if (plan is not null)
            {
                CheckScales(kpi, plan, report);
                CheckFormats(kpi, scope, report);
                CheckTables(kpi, plan, scope, report);
                return;
            }

            Expression? owner = Owner(kpi, scope, mistake!);
            report(owner, Explain(kpi, scope, owner, mistake!));
            if (owner is null)
            {
                return;
            }

            kpi = Without(kpi, owner);
        }
    }

    private static (KpiPlan? Plan, KpiException? Mistake) Plan(KpiDefinition kpi, KpiScope scope)
    {
        try
        {
            return (KpiPlan.Create(kpi, scope.Table, scope.Joined), null);
        }
        catch (KpiException exception)
        {
            return (null, exception);
        }
    }

    /// <summary>What to say of a mistake: where a measure lacks an aggregate or has one too many, what the plan says of columns would mislead.</summary>
    private static ExpressionException Explain(KpiDefinition kpi, KpiScope scope, Expression? owner, KpiException mistake)
    {
        bool summary = Has(kpi.Summary);
        bool aggregates = summary || Has(kpi.Measures) || ReferenceEquals(kpi.Having, owner) || kpi.Score is not null;
        Expression? node = aggregates ? owner?.DescendantsAndSelf().LastOrDefault(node => node.Position == mistake.Position) : null;
        return node switch
        {
            ColumnExpression column when summary && Columns(kpi).Contains(column.Name) => new ExpressionException(
                $"a summary is about all rows, so column `{column.Name}` needs an aggregate",
                mistake.Position,
                $"for example `max({column.Name})` or `first({column.Name})`"),
            ColumnExpression column when !summary && scope.Rows.IndexOf(column.Name) >= 0 && mistake.Message.StartsWith("there is no column", StringComparison.Ordinal) => new ExpressionException(
                $"a measure is about many rows, so column `{column.Name}` needs an aggregate",
                mistake.Position,
                $"for example `max({column.Name})`, or group by it"),
            CallExpression call when ExpressionFunctions.IsAggregate(call.Name) && mistake.Message.StartsWith($"`{call.Name}` is only allowed", StringComparison.Ordinal) =>
                new ExpressionException($"`{call.Name}` stands inside of another aggregate", mistake.Position, "an aggregate is of columns"),
            _ => new ExpressionException(mistake.Message, mistake.Position, mistake.Hint),
        };

        bool Has(IReadOnlyList<NamedExpression> all) => all.Any(named => ReferenceEquals(named.Value, owner));
    }

    /// <summary>The columns of the KPI's rows.</summary>
    private static IEnumerable<string> Columns(KpiDefinition kpi) => kpi.GroupBy.Concat(kpi.Measures).Concat(kpi.Derive)
        .Select(named => named.Name).Concat(kpi.Segments is null ? [] : [kpi.Segments.Column]);

    /// <summary>The expression of the KPI that a mistake is in. The plan rewrites those of scores, so there it is found by trying each alone.</summary>
    private static Expression? Owner(KpiDefinition kpi, KpiScope scope, KpiException mistake)
    {
        IEnumerable<Expression?> whole = Named(kpi).Concat(kpi.Summary).Select(named => named.Value).Append(kpi.Where).Append(kpi.Having);
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
            Plan(kpi with { Where = null, Columns = [], OrderBy = [], Score = kpi.Score! with { Rules = [rule] } }, scope).Mistake?.Expression is not null;
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
            Having = ReferenceEquals(kpi.Having, wrong) || kpi.Having?.DescendantsAndSelf().Any(IsGone) == true ? null : kpi.Having,
            Segments = kpi.Segments is { } segments && gone.Contains(segments.Of) ? null : kpi.Segments,
            Summary = Keep(kpi.Summary, ofColumns: true),
            OrderBy = [.. kpi.OrderBy.Where(term => !gone.Contains(term.Column))],
            Score = kpi.Score is null ? null : kpi.Score with
            {
                Rules = [.. kpi.Score.Rules.Where(rule => !ReferenceEquals(rule.When, wrong)).Select(rule => rule with
                {
                    Reason = new ReasonTemplate([.. rule.Reason.Parts.Where(part => !ReferenceEquals(part.Value, wrong))]),
                })],
            },
        };

        bool IsGone(Expression node) => node is ColumnExpression column && gone.Contains(column.Name);

        List<NamedExpression> Keep(IReadOnlyList<NamedExpression> all, bool ofColumns)
        {
            var kept = new List<NamedExpression>();
            foreach (NamedExpression named in all)
            {
                if (ReferenceEquals(named.Value, wrong)
                    || (ofColumns && named.Value.DescendantsAndSelf().Any(IsGone)))
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
        CheckScales(Named(kpi), plan.Result, report);
        CheckScales(kpi.Summary, plan.Summary, report);
    }

    private static void CheckScales(IEnumerable<NamedExpression> all, Schema schema, Action<Expression?, ExpressionException> report)
    {
        foreach (NamedExpression named in all.Where(named => named.Scale is not null))
        {
            ColumnType type = schema.Columns[schema.IndexOf(named.Name)].Type;
            if (!type.IsNumeric)
            {
                report(named.Value, new ExpressionException($"only numbers are rounded to a `scale`, and this is of type {type}", 0));
            }
        }
    }

    /// <summary>Looks for names that stand for no table, or for a table and a column, where the rows of tables are counted.</summary>
    private static void CheckTables(KpiDefinition kpi, KpiPlan plan, KpiScope scope, Action<Expression?, ExpressionException> report)
    {
        foreach (NamedExpression named in kpi.Summary)
        {
            foreach (ColumnExpression counted in named.Value.DescendantsAndSelf().OfType<CallExpression>()
                .Where(call => call is { Name: "count", IsDistinct: false, Arguments: [ColumnExpression] })
                .Select(call => (ColumnExpression)call.Arguments[0]))
            {
                bool isTable = scope.Tables.Contains(counted.Name);
                if (!isTable && plan.CountedTables.Contains(counted.Name))
                {
                    report(named.Value, new ExpressionException(
                        $"there is no column and no table `{counted.Name}`", counted.Position, DidYouMean.Hint(counted.Name, Columns(kpi).Concat(scope.Tables))));
                }
                else if (isTable && plan.CountedTables.Contains(counted.Name) && !scope.KeepsSilver)
                {
                    report(named.Value, new ExpressionException(
                        $"counting the rows of `{counted.Name}` needs the silver layer", counted.Position, "write `layers: [bronze, silver, gold]` at the top of the file"));
                }
                else if (isTable && !plan.CountedTables.Contains(counted.Name))
                {
                    report(named.Value, new ExpressionException(
                        $"`{counted.Name}` is both a column of the KPI and a table", counted.Position, "give the column another name"));
                }
            }
        }
    }

    private static void CheckFormats(KpiDefinition kpi, KpiScope scope, Action<Expression?, ExpressionException> report)
    {
        foreach (ReasonPart part in kpi.Score?.Rules.SelectMany(rule => rule.Reason.Parts) ?? [])
        {
            if (part is { Value: { } value } && (part.Thousands || part.Percent || part.Decimals is not null))
            {
                // An aggregate is a number just when its values are, but for counts; of a registered one nothing is known.
                Expression row = value.Rewrite(node => node is CallExpression call && (ExpressionFunctions.IsAggregate(call.Name) || kpi.Aggregates.Contains(call.Name))
                    ? call.Name == "count" ? new LiteralExpression(0, ColumnType.Integer, 0, null) : call.Arguments[0]
                    : null);
                ColumnType type = ExpressionBinder.Bind(row, scope.Rows).Type;
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
