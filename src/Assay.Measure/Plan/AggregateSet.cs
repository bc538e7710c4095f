using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Plan;

/// <summary>
/// Takes the aggregate calls out of expressions: each becomes a column of the aggregated rows, and
/// <c>avg(x)</c> becomes <c>sum(x) / count(x)</c>, so that it is divided exactly and rounded only at the end.
/// </summary>
internal sealed class AggregateSet(Schema table, AggregateCatalog custom, SummaryCalls? summary = null)
{
    private readonly List<BoundAggregate> _bound = [];
    private readonly Dictionary<AggregateCall, int> _known = [];

    public IReadOnlyList<BoundAggregate> Aggregates => _bound;

    /// <summary>The column that holds an aggregate after aggregation; no user's column can have such a name.</summary>
    public static string ColumnName(int aggregate) => $"\u0001aggregate {aggregate}";

    /// <summary>The aggregate that a column holds, or -1.</summary>
    public int IndexOf(string column) => Enumerable.Range(0, _bound.Count).FirstOrDefault(i => ColumnName(i) == column, -1);

    /// <summary>The columns of aggregates that have no last digit: deviations, which are roots.</summary>
    public HashSet<string> InexactColumns() =>
        [.. Enumerable.Range(0, _bound.Count).Where(i => _bound[i].Kind == AggregateKind.StandardDeviation).Select(ColumnName)];

    /// <summary>Replaces the aggregate calls of an expression.</summary>
    /// <exception cref="ExpressionException">An aggregate has the wrong arguments, or they do not bind.</exception>
    public Expression TakeOut(Expression expression) => expression.Rewrite(node =>
        node is CallExpression call ? summary?.Replace(call) ?? (IsAggregate(call) ? Replace(call) : null) : null);

    /// <summary>Whether a call is of an aggregate, built in or registered.</summary>
    public bool IsAggregate(CallExpression call) => ExpressionFunctions.IsAggregate(call.Name) || custom.Contains(call.Name);

    private Expression Replace(CallExpression call)
    {
        if (call.IsStar)
        {
            return call.Name == "count"
                ? Column(AggregateKind.CountRows, null, call)
                : throw new ExpressionException($"`{call.Name}(*)` means nothing; only count(*) does", call.Position);
        }

        if (call.Arguments.Count != 1)
        {
            throw new ExpressionException(
                $"`{call.Name}` takes one argument" + (call.Name == "count" ? "; count(*) counts rows" : ""), call.Position);
        }

        if (call.IsDistinct && call.Name != "count")
        {
            throw new ExpressionException($"`distinct` is for count only", call.Position);
        }

        Expression argument = call.Arguments[0];
        return call.Name switch
        {
            "count" => Column(call.IsDistinct ? AggregateKind.CountDistinct : AggregateKind.Count, argument, call),
            "sum" => Column(AggregateKind.Sum, Numeric(argument, call), call),
            "min" => Column(AggregateKind.Min, argument, call),
            "max" => Column(AggregateKind.Max, argument, call),
            "stddev" => Column(AggregateKind.StandardDeviation, Numeric(argument, call), call),
            "median" => Column(AggregateKind.Median, Numeric(argument, call), call),
            "avg" => new BinaryExpression(
                call.Position,
                BinaryOperator.Divide,
                Column(AggregateKind.Sum, Numeric(argument, call), call),
                Column(AggregateKind.Count, argument, call)),
            _ when custom.TryGet(call.Name, out CustomFunction? function) => Custom(function, argument, call),
            _ => throw new ExpressionException($"the aggregate `{call.Name}` is not known here", call.Position),
        };
    }

    private ColumnExpression Custom(CustomFunction function, Expression argument, CallExpression call)
    {
        BoundExpression bound = ExpressionBinder.Bind(argument, table);
        return function.ResultType(bound.Type) is { } type
            ? Column(new AggregateCall(AggregateKind.Custom, argument, function.Name), call, () => new BoundAggregate(AggregateKind.Custom, bound, function, type) { Over = argument })
            : throw new ExpressionException($"`{call.Name}` does not take {bound.Type}", argument.Position);
    }

    private Expression Numeric(Expression argument, CallExpression call)
    {
        ColumnType type = ExpressionBinder.Bind(argument, table).Type;
        return type.IsNumeric
            ? argument
            : throw new ExpressionException($"`{call.Name}` takes a number, not {type}", argument.Position);
    }

    private ColumnExpression Column(AggregateKind kind, Expression? argument, CallExpression call) =>
        Column(new AggregateCall(kind, argument), call, () => new BoundAggregate(kind, argument is null ? null : ExpressionBinder.Bind(argument, table)) { Over = argument });

    private ColumnExpression Column(AggregateCall key, CallExpression call, Func<BoundAggregate> bind)
    {
        if (!_known.TryGetValue(key, out int index))
        {
            index = _bound.Count;
            _bound.Add(bind());
            _known.Add(key, index);
        }

        return new ColumnExpression(call.Position, ColumnName(index));
    }
}
