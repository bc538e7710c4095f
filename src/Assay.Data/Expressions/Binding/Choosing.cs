namespace Assay.Data;

/// <summary>Binds <c>case</c>, <c>coalesce</c>, <c>nullif</c>, <c>least</c>, <c>greatest</c>.</summary>
internal static class Choosing
{
    public static BoundExpression Case(ExpressionBinder binder, CaseExpression node)
    {
        Expression otherwise = node.Else ?? LiteralExpression.Null(node.Position);
        BoundExpression[] values = binder.Unify([.. node.Branches.Select(branch => branch.Then), otherwise]);
        if (values[0] == BoundConstant.UntypedNull)
        {
            throw new ExpressionException("a case needs a branch that does not give null", node.Position);
        }

        var inputs = new List<BoundExpression>();
        for (int i = 0; i < node.Branches.Count; i++)
        {
            Expression when = node.Branches[i].When;
            inputs.Add(node.Operand is null
                ? binder.Condition(when)
                : Comparing.Bind(binder, BinaryOperator.Equal, node.Operand, when));
            inputs.Add(values[i]);
        }

        inputs.Add(values[^1]);
        return Of(values[0].Type, [.. inputs]);
    }

    public static BoundExpression NullIf(CallBinding call)
    {
        BoundExpression value = call.Value(0);
        if (value == BoundConstant.UntypedNull)
        {
            throw new ExpressionException("`nullif` needs a value here, not null", call.Node.Arguments[0].Position);
        }

        BoundExpression equal = Comparing.Bind(call.Binder, BinaryOperator.Equal, call.Node.Arguments[0], call.Node.Arguments[1]);
        return Of(value.Type, [equal, BoundConstant.Null(value.Type), value]);
    }

    public static BoundExpression Coalesce(CallBinding call)
    {
        BoundExpression[] values = call.Binder.Unify(call.Node.Arguments);
        ColumnType type = values[0].Type;
        return values[0] == BoundConstant.UntypedNull
            ? values[0]
            : Fold.Call(type, values, (context, inputs) => new CoalesceOperator(context, type, inputs));
    }

    public static BoundExpression Extreme(CallBinding call, bool greatest)
    {
        BoundExpression[] values = call.Binder.Unify(call.Node.Arguments);
        ColumnType type = values[0].Type;
        return values[0] == BoundConstant.UntypedNull
            ? values[0]
            : Fold.Call(type, values, (context, inputs) => new ExtremeOperator(context, type, inputs, greatest));
    }

    private static BoundExpression Of(ColumnType type, BoundExpression[] inputs) =>
        Fold.Call(type, inputs, (context, operators) => new CaseOperator(context, type, operators));
}
