using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Tests that the expressions of a KPI make sense over its table: the one place that knows what they may speak of.</summary>
internal static class KpiBinding
{
    /// <summary>The digits after the point of shares, averages and the like, added to those of their values.</summary>
    private const int RateScale = 6;

    /// <summary>Tests a KPI.</summary>
    /// <param name="kpi">The KPI; the roots of its expressions are the objects that were parsed.</param>
    /// <param name="table">Its table's columns.</param>
    /// <param name="report">Called with the root of each expression that makes no sense, and with what is wrong.</param>
    public static void Check(KpiDefinition kpi, Schema table, Action<Expression, ExpressionException> report)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        if (kpi.Where is { } where)
        {
            Try(where, report, () => Condition(ExpressionBinder.Bind(where, table), where));
        }

        var output = new List<Column>();
        foreach (NamedExpression key in kpi.GroupBy.Concat(kpi.Columns))
        {
            Take(key, () => ExpressionBinder.Bind(key.Value, table));
        }

        foreach (NamedExpression measure in kpi.Measures)
        {
            Take(measure, () => BindAggregated(measure.Value, table, overRows: false));
        }

        foreach (NamedExpression derived in kpi.Measures.Count == 0 ? [] : kpi.Derive)
        {
            // What is made of something wrong is not wrong on its own account.
            if (!derived.Value.DescendantsAndSelf().Any(node => node is ColumnExpression column && failed.Contains(column.Name)))
            {
                Take(derived, () => BindWindowed(derived.Value, new Schema([.. output])));
            }
            else
            {
                failed.Add(derived.Name);
            }
        }

        foreach (ScoreRule rule in kpi.Score?.Rules ?? [])
        {
            Try(rule.When, report, () => Condition(BindAggregated(rule.When, table, overRows: true), rule.When));
            foreach (ReasonPart part in rule.Reason.Parts)
            {
                if (part.Value is { } value)
                {
                    Try(value, report, () => Written(BindAggregated(value, table, overRows: true), part));
                }
            }
        }

        void Take(NamedExpression named, Func<BoundExpression> bind)
        {
            if (!Try(named.Value, report, () => Add(output, named, bind())))
            {
                failed.Add(named.Name);
            }
        }
    }

    /// <summary>Binds an expression over aggregates of a table and, where allowed, the columns of one row.</summary>
    private static BoundExpression BindAggregated(Expression expression, Schema table, bool overRows)
    {
        var columns = new List<Column>(table.Columns);
        Expression rewritten = expression.Rewrite(node =>
        {
            if (node is not CallExpression call || !ExpressionFunctions.IsAggregate(call.Name))
            {
                return null;
            }

            columns.Add(new Column($"{call.Name} {columns.Count}", AggregateType(call, table)));
            return new ColumnExpression(call.Position, columns[^1].Name);
        });
        BoundExpression bound = ExpressionBinder.Bind(rewritten, new Schema(columns));
        if (!overRows && rewritten.DescendantsAndSelf().FirstOrDefault(node => node is ColumnExpression column && table.IndexOf(column.Name) >= 0) is ColumnExpression bare)
        {
            throw new ExpressionException(
                $"a measure is about many rows, so column `{bare.Name}` needs an aggregate",
                bare.Position,
                $"for example `max({bare.Name})`, or group by it");
        }

        return bound;
    }

    private static ColumnType AggregateType(CallExpression call, Schema table)
    {
        if (call.IsStar ? call.Name != "count" : call.Arguments.Count != 1)
        {
            throw new ExpressionException($"`{call.Name}` takes one argument", call.Position, $"for example `{call.Name}(quantity)`");
        }

        if (call.IsDistinct && call.Name != "count")
        {
            throw new ExpressionException($"`{call.Name}` has no `distinct`", call.Position, "only `count` has");
        }

        if (call.IsStar)
        {
            return ColumnType.Integer;
        }

        foreach (Expression node in call.Arguments[0].DescendantsAndSelf())
        {
            if (node is CallExpression inner && ExpressionFunctions.IsAggregate(inner.Name))
            {
                throw new ExpressionException($"`{inner.Name}` stands inside of `{call.Name}`: an aggregate is of columns", inner.Position);
            }
        }

        ColumnType type = ExpressionBinder.Bind(call.Arguments[0], table).Type;
        if (call.Name == "count")
        {
            return ColumnType.Integer;
        }

        if (call.Name is not ("min" or "max") && !type.IsNumeric)
        {
            throw new ExpressionException($"`{call.Name}` is of numbers, and this is of type {type}", call.Arguments[0].Position);
        }

        return call.Name is "avg" or "stddev" or "median" ? Rate(type) : type;
    }

    /// <summary>Binds an expression over the rows after aggregation.</summary>
    private static BoundExpression BindWindowed(Expression expression, Schema output)
    {
        var columns = new List<Column>(output.Columns);
        Expression rewritten = expression.Rewrite(node =>
        {
            if (node is not CallExpression call || !ExpressionFunctions.IsWindow(call.Name))
            {
                return null;
            }

            columns.Add(new Column($"{call.Name} {columns.Count}", WindowType(call, output)));
            return new ColumnExpression(call.Position, columns[^1].Name);
        });
        return ExpressionBinder.Bind(rewritten, new Schema(columns));
    }

    private static ColumnType WindowType(CallExpression call, Schema output)
    {
        int wanted = call.Name == "rank" ? 0 : 1;
        if (call.IsStar || call.IsDistinct || call.Arguments.Count != wanted)
        {
            throw new ExpressionException($"`{call.Name}` takes {(wanted == 0 ? "no" : "one")} argument", call.Position);
        }

        if (wanted == 0)
        {
            return ColumnType.Integer;
        }

        ColumnType type = ExpressionBinder.Bind(call.Arguments[0], output).Type;
        if (call.Name != "previous" && !type.IsNumeric)
        {
            throw new ExpressionException($"`{call.Name}` is of numbers, and this is of type {type}", call.Arguments[0].Position);
        }

        return call.Name is "share" or "growth" ? ColumnType.Decimal(ColumnType.MaxPrecision, RateScale) : type;
    }

    private static ColumnType Rate(ColumnType type) =>
        ColumnType.Decimal(ColumnType.MaxPrecision, Math.Min(ColumnType.MaxScale, type.Scale + RateScale));

    private static void Add(List<Column> output, NamedExpression named, BoundExpression bound)
    {
        if (named.Scale is not null && !bound.Type.IsNumeric)
        {
            throw new ExpressionException($"only numbers are rounded to a `scale`, and this is of type {bound.Type}", 0);
        }

        if (!output.Exists(column => column.Name == named.Name))
        {
            output.Add(new Column(named.Name, bound.Type));
        }
    }

    private static void Condition(BoundExpression bound, Expression expression)
    {
        if (bound.Type.Kind != ColumnKind.Boolean)
        {
            throw new ExpressionException($"a condition is true or false, and this is of type {bound.Type}", expression.Position, "compare it with something");
        }
    }

    private static void Written(BoundExpression bound, ReasonPart part)
    {
        if (!bound.Type.IsNumeric && (part.Thousands || part.Percent || part.Decimals is not null))
        {
            throw new ExpressionException($"only numbers have a format, and this is of type {bound.Type}", 0);
        }
    }

    private static bool Try(Expression root, Action<Expression, ExpressionException> report, Action bind)
    {
        try
        {
            bind();
            return true;
        }
        catch (ExpressionException exception)
        {
            report(root, exception);
            return false;
        }
    }
}
