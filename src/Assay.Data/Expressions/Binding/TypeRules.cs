namespace Assay.Data;

/// <summary>Which types go together, and how a value becomes one of another type.</summary>
internal static class TypeRules
{
    /// <summary>A type as messages name it.</summary>
    public static string Name(ColumnType type) => type.Kind.ToString().ToLowerInvariant();

    /// <summary>The type of a value as messages name it.</summary>
    public static string Name(BoundExpression bound) => bound == BoundConstant.UntypedNull ? "null" : Name(bound.Type);

    /// <summary>A number of a scale: an integer for 0, else a computed decimal.</summary>
    public static ColumnType Number(int scale) =>
        scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, scale);

    /// <summary>The type that holds the values of both, or null when there is none.</summary>
    public static ColumnType? Common(ColumnType a, ColumnType b)
    {
        if (a == b)
        {
            return a;
        }

        if (a.IsNumeric && b.IsNumeric)
        {
            return Number(Math.Max(a.Scale, b.Scale));
        }

        if (a.Kind == b.Kind)
        {
            return a;
        }

        return a.Kind is ColumnKind.Date or ColumnKind.Timestamp && b.Kind is ColumnKind.Date or ColumnKind.Timestamp
            ? ColumnType.Timestamp
            : null;
    }

    /// <summary>The value as a type that holds all of its kind's values, or null when there is no way.</summary>
    /// <exception cref="OverflowException">It is a constant that needs more than 128 bits.</exception>
    public static BoundExpression? TryConvert(BoundExpression bound, ColumnType type)
    {
        if (bound == BoundConstant.UntypedNull)
        {
            return BoundConstant.Null(type);
        }

        if (bound.Type == type || (bound.Type.Kind == type.Kind && !type.IsNumeric))
        {
            return bound;
        }

        if (bound.Type.IsNumeric && type.IsNumeric && type.Scale >= bound.Type.Scale)
        {
            return Rescaled(bound, type);
        }

        return bound.Type.Kind == ColumnKind.Date && type.Kind == ColumnKind.Timestamp
            ? Scaled(bound, type, Calendar.MicrosecondsPerDay)
            : null;
    }

    /// <summary>A number at an equal or larger scale.</summary>
    public static BoundExpression Rescaled(BoundExpression bound, ColumnType type) => bound.Type.Scale == type.Scale
        ? Retyped(bound, type)
        : Scaled(bound, type, Decimals.PowerOfTen(type.Scale - bound.Type.Scale));

    /// <summary>The same cells under another type.</summary>
    public static BoundExpression Retyped(BoundExpression bound, ColumnType type) => bound switch
    {
        _ when bound.Type == type => bound,
        BoundConstant { IsNull: false } constant => BoundConstant.Of(type, constant.Units),
        BoundConstant => BoundConstant.Null(type),
        _ => new BoundRetyped(bound, type),
    };

    private static BoundExpression Scaled(BoundExpression bound, ColumnType type, Int128 factor) =>
        Fold.Call(
            type,
            [bound, BoundConstant.Of(ColumnType.Integer, factor)],
            (context, inputs) => new MultiplyOperator(context, type, inputs[0], inputs[1]));
}
