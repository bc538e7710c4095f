namespace Assay.Data;

/// <summary>The functions of rows, by name.</summary>
internal static class FunctionCatalog
{
    private const int MostParts = 1_000_000;

    private static readonly Dictionary<string, FunctionDefinition> Functions = new(StringComparer.Ordinal)
    {
        ["coalesce"] = new(1, int.MaxValue, Choosing.Coalesce),
        ["nullif"] = new(2, 2, Choosing.NullIf),
        ["least"] = new(1, int.MaxValue, call => Choosing.Extreme(call, greatest: false)),
        ["greatest"] = new(1, int.MaxValue, call => Choosing.Extreme(call, greatest: true)),
        ["lower"] = new(1, 1, call => Text(ColumnType.String, TextFunctions.Lower, call.Text(0))),
        ["upper"] = new(1, 1, call => Text(ColumnType.String, TextFunctions.Upper, call.Text(0))),
        ["trim"] = new(1, 1, call => Text(ColumnType.String, TextFunctions.Trim, call.Text(0))),
        ["length"] = new(1, 1, call => Text(ColumnType.Integer, TextFunctions.Length, call.Text(0))),
        ["concat"] = new(
            1, int.MaxValue, call => Text(ColumnType.String, TextFunctions.Concat, [.. Enumerable.Range(0, call.Count).Select(call.Text)])),
        ["substring"] = new(2, 3, call => Text(
            ColumnType.String,
            TextFunctions.Substring,
            call.Count == 2 ? [call.Text(0), call.Integer(1)] : [call.Text(0), call.Integer(1), call.Integer(2)])),
        ["replace"] = new(3, 3, call => Text(ColumnType.String, TextFunctions.Replace, call.Text(0), call.Text(1), call.Text(2))),
        ["starts_with"] = new(2, 2, call => Text(ColumnType.Boolean, TextFunctions.StartsWith, call.Text(0), call.Text(1))),
        ["contains"] = new(2, 2, call => Text(ColumnType.Boolean, TextFunctions.Contains, call.Text(0), call.Text(1))),
        ["split_part"] = new(3, 3, SplitPart),
        ["weighted_choice"] = new(5, int.MaxValue, Drawing.WeightedChoice),
        ["to_string"] = new(1, 1, call => Casting.ToText(call.Value(0))),
        ["round"] = new(1, 2, call => Casting.Round(call.Number(0), call.Count == 2 ? call.Digits(1) : 0)),
        ["floor"] = new(1, 1, call => Casting.Floor(call.Number(0))),
        ["ceil"] = new(1, 1, call => Casting.Ceiling(call.Number(0))),
        ["abs"] = new(1, 1, call => Map(call.Number(0), TypeRules.Number(call.Number(0).Type.Scale), default(AbsoluteMap))),
        ["sign"] = new(1, 1, call => Map(call.Number(0), ColumnType.Integer, default(SignMap))),
        ["year"] = new(1, 1, call => MomentFunctions.Part<YearOf>(call.Moment(0))),
        ["quarter"] = new(1, 1, call => MomentFunctions.Part<QuarterOf>(call.Moment(0))),
        ["month"] = new(1, 1, call => MomentFunctions.Part<MonthOf>(call.Moment(0))),
        ["day"] = new(1, 1, call => MomentFunctions.Part<DayOfMonth>(call.Moment(0))),
        ["weekday"] = new(1, 1, call => MomentFunctions.Part<Weekday>(call.Moment(0))),
        ["weekday_name"] = new(1, 1, call => MomentFunctions.Name<Weekday>(call.Moment(0), MomentNames.Weekdays)),
        ["month_name"] = new(1, 1, call => MomentFunctions.Name<MonthOf>(call.Moment(0), MomentNames.Months)),
        ["hour"] = new(1, 1, call => MomentFunctions.Part<HourOf>(call.Timestamp(0))),
        ["minute"] = new(1, 1, call => MomentFunctions.Part<MinuteOf>(call.Timestamp(0))),
        ["date"] = new(1, 1, call => MomentFunctions.Date(call.Moment(0))),
        ["year_month"] = new(1, 1, call => MomentFunctions.YearText(call.Moment(0), YearPart.Month)),
        ["year_quarter"] = new(1, 1, call => MomentFunctions.YearText(call.Moment(0), YearPart.Quarter)),
        ["date_diff"] = new(3, 3, MomentFunctions.Difference),
        ["date_add"] = new(3, 3, MomentFunctions.Add),
    };

    public static IReadOnlyCollection<string> Names => Functions.Keys;

    public static BoundExpression Bind(ExpressionBinder binder, CallExpression call)
    {
        if (ExpressionFunctions.IsAggregate(call.Name))
        {
            throw new ExpressionException($"`{call.Name}` is only allowed in measures", call.Position);
        }

        if (ExpressionFunctions.IsEdge(call.Name))
        {
            throw new ExpressionException($"`{call.Name}` is only allowed in a KPI's summary", call.Position);
        }

        if (ExpressionFunctions.IsWindow(call.Name))
        {
            throw new ExpressionException($"`{call.Name}` is only allowed in what is derived after aggregation", call.Position);
        }

        if (!Functions.TryGetValue(call.Name, out FunctionDefinition? function))
        {
            throw new ExpressionException(
                $"there is no function `{call.Name}`", call.Position, DidYouMean.Hint(call.Name, ExpressionFunctions.Names));
        }

        if (call.IsStar || call.IsDistinct)
        {
            throw new ExpressionException($"`{call.Name}` takes no `{(call.IsStar ? "*" : "distinct")}`", call.Position);
        }

        int given = call.Arguments.Count;
        return given >= function.Least && given <= function.Most
            ? function.Bind(new CallBinding(binder, call))
            : throw new ExpressionException($"`{call.Name}` takes {Arity(function)}, not {given}", call.Position);
    }

    private static string Arity(FunctionDefinition function) => (function.Least, function.Most) switch
    {
        (1, 1) => "1 argument",
        (var least, int.MaxValue) => $"{least} or more arguments",
        (var least, var most) when least == most => $"{least} arguments",
        (var least, var most) => $"{least} or {most} arguments",
    };

    /// <summary>As PostgreSQL has it: the part of that number, counted from the end when it is negative.</summary>
    private static BoundExpression SplitPart(CallBinding call)
    {
        long number = call.WrittenNumber(2, "the number of a part", -MostParts, MostParts);
        return number != 0
            ? Text(ColumnType.String, TextFunctions.SplitPart((int)number), call.Text(0), call.Text(1))
            : throw new ExpressionException(
                "`split_part` counts parts from 1, and -1 is the last", call.Node.Arguments[2].Position);
    }

    private static BoundExpression Text(ColumnType type, TextFunction function, params BoundExpression[] arguments) =>
        Fold.Call(type, arguments, (context, inputs) => new TextFunctionOperator(context, type, inputs, function));

    private static BoundExpression Map<TMap>(BoundExpression value, ColumnType type, TMap map)
        where TMap : struct, INumericMap =>
        Fold.Call(type, [value], (context, inputs) => new NumericMapOperator<TMap>(context, type, inputs[0], map));
}
