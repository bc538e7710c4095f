namespace Assay.Data;

/// <summary>Binds comparisons, <c>between</c> and <c>in</c>.</summary>
internal static class Comparing
{
    public static BoundExpression Bind(ExpressionBinder binder, BinaryOperator op, Expression left, Expression right)
    {
        BoundExpression a = binder.Bind(left);
        BoundExpression b = binder.Bind(right);
        if (a == BoundConstant.UntypedNull || b == BoundConstant.UntypedNull)
        {
            ColumnType type = a == BoundConstant.UntypedNull ? b.Type : a.Type;
            a = TypeRules.TryConvert(a, type)!;
            b = TypeRules.TryConvert(b, type)!;
        }

        if (TypeRules.Common(a.Type, b.Type) is not { } common)
        {
            throw new ExpressionException(
                $"cannot compare {TypeRules.Name(a)} with {TypeRules.Name(b)}", right.Position, Hint(a.Type.Kind, b.Type.Kind));
        }

        if (!common.IsNumeric)
        {
            a = TypeRules.TryConvert(a, common)!;
            b = TypeRules.TryConvert(b, common)!;
        }

        return Of(op, a, b);
    }

    /// <summary>Compares values of one kind; numbers may differ in scale.</summary>
    public static BoundExpression Of(BinaryOperator op, BoundExpression a, BoundExpression b)
    {
        bool byBytes = a.Type.Kind == ColumnKind.String && op is not (BinaryOperator.Equal or BinaryOperator.NotEqual);
        return Fold.Call(ColumnType.Boolean, [a, b], (context, inputs) => byBytes
            ? new TextFunctionOperator(context, ColumnType.Boolean, inputs, TextFunctions.Compare(op))
            : Comparisons.Create(op, context, inputs[0], inputs[1]));
    }

    public static BoundExpression Between(ExpressionBinder binder, BetweenExpression node)
    {
        BoundExpression inside = Logic.Of(
            BinaryOperator.And,
            Bind(binder, BinaryOperator.GreaterOrEqual, node.Operand, node.Low),
            Bind(binder, BinaryOperator.LessOrEqual, node.Operand, node.High));
        return node.IsNegated ? Logic.Not(inside) : inside;
    }

    public static BoundExpression In(ExpressionBinder binder, InExpression node)
    {
        BoundExpression operand = binder.Bind(node.Operand);
        var constants = new List<BoundConstant>();
        BoundExpression? any = null;
        foreach (Expression item in node.Items)
        {
            if (AsConstant(binder.Bind(item), operand) is { } constant)
            {
                constants.Add(constant);
            }
            else
            {
                any = AnyOf(any, Bind(binder, BinaryOperator.Equal, node.Operand, item));
            }
        }

        if (constants.Count > 0)
        {
            BoundExpression found = Fold.Call(
                ColumnType.Boolean, [operand], (context, inputs) => new InOperator(context, inputs[0], constants));
            any = AnyOf(any, found);
        }

        return node.IsNegated ? Logic.Not(any!) : any!;
    }

    private static BoundExpression AnyOf(BoundExpression? any, BoundExpression more) =>
        any is null ? more : Logic.Of(BinaryOperator.Or, any, more);

    /// <summary>An item as a constant that compares with the operand as it is, or null.</summary>
    private static BoundConstant? AsConstant(BoundExpression item, BoundExpression operand)
    {
        bool comparable = item == BoundConstant.UntypedNull
            || (item.Type.IsNumeric && operand.Type.IsNumeric)
            || item.Type.Kind == operand.Type.Kind
            || (item.Type.Kind == ColumnKind.Date && operand.Type.Kind == ColumnKind.Timestamp);
        return operand == BoundConstant.UntypedNull || !comparable || item is not BoundConstant
            ? null
            : item.Type.IsNumeric ? (BoundConstant)item : TypeRules.TryConvert(item, operand.Type) as BoundConstant;
    }

    private static string? Hint(ColumnKind a, ColumnKind b) => (a, b) switch
    {
        (ColumnKind.Date, ColumnKind.String) or (ColumnKind.String, ColumnKind.Date) => "write a date as date '2024-01-31'",
        (ColumnKind.Timestamp, ColumnKind.String) or (ColumnKind.String, ColumnKind.Timestamp) =>
            "write a timestamp as timestamp '2024-01-31 18:30:00'",
        (ColumnKind.String, _) or (_, ColumnKind.String) => "compare with a number without quotes, or with to_string(x)",
        _ => null,
    };
}
