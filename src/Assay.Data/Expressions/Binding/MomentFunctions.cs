namespace Assay.Data;

/// <summary>Binds the functions of dates and timestamps.</summary>
internal static class MomentFunctions
{
    public static BoundExpression Date(BoundExpression value) => value.Type.Kind == ColumnKind.Date
        ? value
        : Part<DayPart>(value, ColumnType.Date);

    public static BoundExpression Part<TPart>(BoundExpression value)
        where TPart : struct, IMomentPart => Part<TPart>(value, ColumnType.Integer);

    public static BoundExpression YearText(BoundExpression value, YearPart part) =>
        Fold.Call(ColumnType.String, [value], (context, inputs) => new YearPartTextOperator(context, inputs[0], part));

    public static BoundExpression Name<TPart>(BoundExpression value, IReadOnlyList<string> names)
        where TPart : struct, IMomentPart =>
        Fold.Call(ColumnType.String, [value], (context, inputs) => new MomentNameOperator<TPart>(context, inputs[0], names));

    public static BoundExpression Difference(CallBinding call)
    {
        TimeUnit unit = call.Unit(0);
        BoundExpression from = TypeRules.TryConvert(call.Moment(1), ColumnType.Timestamp)!;
        BoundExpression to = TypeRules.TryConvert(call.Moment(2), ColumnType.Timestamp)!;
        return Fold.Call(
            ColumnType.Integer, [from, to], (context, inputs) => new DateDifferenceOperator(context, inputs[0], inputs[1], unit));
    }

    public static BoundExpression Add(CallBinding call)
    {
        TimeUnit unit = call.Unit(0);
        BoundExpression count = call.Integer(1);
        BoundExpression moment = call.Moment(2);
        ColumnType type = unit < TimeUnit.Day ? ColumnType.Timestamp : moment.Type;
        moment = TypeRules.TryConvert(moment, type)!;
        return Fold.Call(
            type, [count, moment], (context, inputs) => new DateAddOperator(context, type, inputs[0], inputs[1], unit));
    }

    private static BoundExpression Part<TPart>(BoundExpression value, ColumnType type)
        where TPart : struct, IMomentPart =>
        Fold.Call(type, [value], (context, inputs) => new MomentPartOperator<TPart>(context, type, inputs[0]));
}
