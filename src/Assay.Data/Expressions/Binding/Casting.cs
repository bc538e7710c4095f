namespace Assay.Data;

/// <summary>Binds <c>cast</c> and the functions that round.</summary>
internal static class Casting
{
    public static BoundExpression Bind(BoundExpression value, CastExpression node)
    {
        if (value == BoundConstant.UntypedNull)
        {
            return BoundConstant.Null(node.Type);
        }

        ColumnType type = node.Type;
        if (type.Kind == ColumnKind.Decimal && value.Type.IsNumeric)
        {
            BoundExpression scaled = value.Type.Scale > type.Scale ? Round(value, type.Scale) : TypeRules.Rescaled(value, type);
            return Fold.Call(
                type,
                [scaled],
                (context, inputs) => new NumericMapOperator<LimitMap>(context, type, inputs[0], new LimitMap(type.Precision)));
        }

        return (value.Type.Kind, type.Kind) switch
        {
            (_, ColumnKind.String) => ToText(value),
            (ColumnKind.Decimal, ColumnKind.Integer) => Round(value, 0),
            (ColumnKind.Timestamp, ColumnKind.Date) => MomentFunctions.Date(value),
            _ => TypeRules.TryConvert(value, type)
                ?? throw new ExpressionException(
                    $"cannot cast {TypeRules.Name(value)} to {type}",
                    node.Position,
                    value.Type.Kind == ColumnKind.String ? "declare the column with that type, so that bad values are set aside" : null),
        };
    }

    public static BoundExpression ToText(BoundExpression value) => value.Type.Kind == ColumnKind.String
        ? value
        : Fold.Call(
            ColumnType.String,
            [value],
            (context, inputs) => new TextFunctionOperator(context, ColumnType.String, inputs, ToTextFunction.Of(value.Type)));

    /// <summary>The value with at most so many digits after the point; without any it is an integer.</summary>
    public static BoundExpression Round(BoundExpression value, int scale)
    {
        int given = value.Type.Scale - scale;
        if (given <= 0)
        {
            return value.Type.Scale == 0 ? TypeRules.Retyped(value, ColumnType.Integer) : value;
        }

        ColumnType type = TypeRules.Number(scale);
        return Fold.Call(
            type, [value], (context, inputs) => new NumericMapOperator<RoundMap>(context, type, inputs[0], new RoundMap(given)));
    }

    public static BoundExpression Floor(BoundExpression value) => Whole(value, digits => new FloorMap(digits));

    public static BoundExpression Ceiling(BoundExpression value) => Whole(value, digits => new CeilingMap(digits));

    private static BoundExpression Whole<TMap>(BoundExpression value, Func<int, TMap> map)
        where TMap : struct, INumericMap =>
        value.Type.Scale == 0
            ? TypeRules.Retyped(value, ColumnType.Integer)
            : Fold.Call(
                ColumnType.Integer,
                [value],
                (context, inputs) => new NumericMapOperator<TMap>(context, ColumnType.Integer, inputs[0], map(value.Type.Scale)));
}
