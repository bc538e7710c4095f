using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>
/// Takes the window calls out of derived columns: <c>share(x)</c> is <c>x / total</c>, <c>growth(x)</c> is
/// <c>(x − previous) / previous</c> (null when the row before is zero or missing), <c>previous(x)</c>,
/// <c>running(x)</c> and <c>rank()</c> are columns of their own.
/// </summary>
internal sealed class WindowSet(Func<Expression, BoundExpression> bind)
{
    private readonly List<WindowColumn> _columns = [];

    public IReadOnlyList<WindowColumn> Columns => _columns;

    public static string ColumnName(int window) => $"\u0001window {window}";

    public Expression TakeOut(Expression expression) => expression.Rewrite(node =>
        node is CallExpression call && ExpressionFunctions.IsWindow(call.Name) ? Replace(call) : null);

    private Expression Replace(CallExpression call)
    {
        int wanted = call.Name == "rank" ? 0 : 1;
        if (call.Arguments.Count != wanted || call.IsStar || call.IsDistinct)
        {
            throw new ExpressionException($"`{call.Name}` takes {(wanted == 0 ? "no" : "one")} argument", call.Position);
        }

        if (wanted == 0)
        {
            return Column(WindowKind.Rank, null, call);
        }

        Expression argument = call.Arguments[0];
        BoundExpression bound = bind(argument);
        if (!bound.Type.IsNumeric)
        {
            throw new ExpressionException($"`{call.Name}` takes a number, not {bound.Type}", argument.Position);
        }

        return call.Name switch
        {
            "share" => Divide(argument, Column(WindowKind.Total, bound, call)),
            "previous" => Column(WindowKind.Previous, bound, call),
            "running" => Column(WindowKind.Running, bound, call),
            "growth" => Growth(argument, Column(WindowKind.Previous, bound, call)),
            _ => throw new ExpressionException($"the window `{call.Name}` is not known here", call.Position),
        };
    }

    private static BinaryExpression Growth(Expression argument, ColumnExpression previous) =>
        Divide(new BinaryExpression(argument.Position, BinaryOperator.Subtract, argument, previous), previous);

    private static BinaryExpression Divide(Expression left, Expression right) =>
        new(left.Position, BinaryOperator.Divide, left, right);

    private ColumnExpression Column(WindowKind kind, BoundExpression? argument, CallExpression call)
    {
        _columns.Add(new WindowColumn(kind, argument));
        return new ColumnExpression(call.Position, ColumnName(_columns.Count - 1));
    }
}
