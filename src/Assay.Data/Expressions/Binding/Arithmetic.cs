namespace Assay.Data;

/// <summary>Binds the operators on numbers.</summary>
internal static class Arithmetic
{
    public static BoundExpression Negate(ExpressionBinder binder, Expression operand)
    {
        BoundExpression value = Number(binder, operand, BinaryOperator.Subtract);
        ColumnType type = TypeRules.Number(value.Type.Scale);
        return Fold.Call(
            type,
            [BoundConstant.Of(type, 0), value],
            (context, inputs) => new SumOperator<Subtraction>(context, type, inputs[0], inputs[1]));
    }

    public static BoundExpression Bind(ExpressionBinder binder, BinaryExpression node)
    {
        BoundExpression left = Number(binder, node.Left, node.Operator);
        BoundExpression right = Number(binder, node.Right, node.Operator);
        int largerScale = Math.Max(left.Type.Scale, right.Type.Scale);
        int scale = node.Operator switch
        {
            BinaryOperator.Multiply => left.Type.Scale + right.Type.Scale,
            BinaryOperator.Divide => largerScale + ExpressionBinder.DivisionDigits,
            _ => largerScale,
        };
        if (scale > ColumnType.MaxScale)
        {
            throw new ExpressionException(
                $"`{Precedences.Symbol(node.Operator)}` would give {scale} digits after the point; {ColumnType.MaxScale} are the most",
                node.Position,
                "give an operand fewer digits with round(x, n)");
        }

        ColumnType type = TypeRules.Number(scale);
        if (node.Operator is not (BinaryOperator.Multiply or BinaryOperator.Divide))
        {
            left = TypeRules.Rescaled(left, type);
            right = TypeRules.Rescaled(right, type);
        }

        if (node.Operator == BinaryOperator.Multiply && left is BoundConstant)
        {
            (left, right) = (right, left);
        }

        return Fold.Call(type, [left, right], (context, inputs) => node.Operator switch
        {
            BinaryOperator.Add => new SumOperator<Addition>(context, type, inputs[0], inputs[1]),
            BinaryOperator.Subtract => new SumOperator<Subtraction>(context, type, inputs[0], inputs[1]),
            BinaryOperator.Multiply => new MultiplyOperator(context, type, inputs[0], inputs[1]),
            BinaryOperator.Divide => new DivideOperator(context, type, inputs[0], inputs[1]),
            _ => new ModuloOperator(context, type, inputs[0], inputs[1]),
        });
    }

    private static BoundExpression Number(ExpressionBinder binder, Expression operand, BinaryOperator op)
    {
        BoundExpression bound = binder.Bind(operand);
        if (bound == BoundConstant.UntypedNull)
        {
            return BoundConstant.Null(ColumnType.Integer);
        }

        if (bound.Type.IsNumeric)
        {
            return bound;
        }

        string? hint = (bound.Type.Kind, op) switch
        {
            (ColumnKind.String, BinaryOperator.Add) => "join texts with `||`",
            (ColumnKind.Date or ColumnKind.Timestamp, BinaryOperator.Add or BinaryOperator.Subtract) =>
                "use date_add('day', n, x) or date_diff('day', a, b)",
            _ => null,
        };
        throw new ExpressionException(
            $"`{Precedences.Symbol(op)}` works on numbers, not on {TypeRules.Name(bound)}", operand.Position, hint);
    }
}
