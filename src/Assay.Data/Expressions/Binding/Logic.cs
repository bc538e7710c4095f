namespace Assay.Data;

/// <summary>Binds <c>and</c>, <c>or</c>, <c>not</c>, <c>is null</c>.</summary>
internal static class Logic
{
    public static BoundExpression Of(BinaryOperator op, BoundExpression left, BoundExpression right) =>
        Fold.Call(
            ColumnType.Boolean,
            [left, right],
            (context, inputs) => new LogicOperator(context, inputs[0], inputs[1], op == BinaryOperator.And));

    public static BoundExpression Not(BoundExpression operand) =>
        Fold.Call(ColumnType.Boolean, [operand], (context, inputs) => new NotOperator(context, inputs[0]));

    public static BoundExpression IsNull(BoundExpression operand, bool isNegated) =>
        Fold.Call(ColumnType.Boolean, [operand], (context, inputs) => new IsNullOperator(context, inputs[0], isNegated));
}
