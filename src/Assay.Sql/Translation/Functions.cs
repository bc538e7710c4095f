using Assay.Data;

namespace Assay.Sql;

/// <summary>Translates calls of functions.</summary>
internal static class Functions
{
    /// <summary>The functions that are an operation on their arguments as they are, null when an argument is.</summary>
    private static readonly Dictionary<string, SqlOperation> Plain = new(StringComparer.Ordinal)
    {
        ["concat"] = SqlOperation.Concat,
        ["length"] = SqlOperation.Length,
        ["contains"] = SqlOperation.Contains,
        ["starts_with"] = SqlOperation.StartsWith,
        ["replace"] = SqlOperation.Replace,
        ["sign"] = SqlOperation.Sign,
        ["year"] = SqlOperation.Year,
        ["quarter"] = SqlOperation.Quarter,
        ["month"] = SqlOperation.Month,
        ["day"] = SqlOperation.Day,
        ["weekday"] = SqlOperation.Weekday,
        ["weekday_name"] = SqlOperation.WeekdayName,
        ["month_name"] = SqlOperation.MonthName,
        ["hour"] = SqlOperation.Hour,
        ["minute"] = SqlOperation.Minute,
        ["year_month"] = SqlOperation.YearMonth,
        ["year_quarter"] = SqlOperation.YearQuarter,
    };

    /// <summary>Translates a call, which binds.</summary>
    public static SqlExpression Translate(ExpressionTranslation translation, CallExpression call) => call.Name switch
    {
        "coalesce" => Choice.Coalesce(translation, call),
        "nullif" => Choice.NullIf(translation, call),
        "least" => Choice.Extreme(translation, call, SqlOperation.Least),
        "greatest" => Choice.Extreme(translation, call, SqlOperation.Greatest),
        "abs" => Absolute(Value(translation, call, 0)),
        "round" => Numbers.Round(Value(translation, call, 0), call.Arguments.Count == 1 ? 0 : Constant(translation, call, 1)),
        "floor" or "ceil" => Numbers.Whole(Value(translation, call, 0), $"`{call.Name}`"),
        "to_string" => Value(translation, call, 0) is { Type.Kind: ColumnKind.String } text
            ? text
            : throw ExpressionTranslation.Refuse("`to_string`"),
        "substring" => Substring(translation, call),
        "date" => Date(Value(translation, call, 0)),
        "date_add" => DateAdd(translation, call),
        "date_diff" => DateDifference(translation, call),
        _ => Plain.TryGetValue(call.Name, out SqlOperation operation)
            ? ExpressionTranslation.Strict(
                translation.Bind(call).Type, operation, [.. call.Arguments.Select(translation.Translate)])
            : throw ExpressionTranslation.Refuse($"`{call.Name}`"),
    };

    /// <summary>The date of a moment.</summary>
    public static SqlExpression Date(SqlExpression moment) => moment.Type.Kind == ColumnKind.Date
        ? moment
        : ExpressionTranslation.Strict(ColumnType.Date, SqlOperation.Date, moment);

    private static SqlExpression Absolute(SqlExpression value) =>
        ExpressionTranslation.Strict(Conversion.Number(value.Type.Scale), SqlOperation.Absolute, value);

    /// <summary>
    /// The SQL standard's substring takes places before the first and lengths past the end; databases go their own ways there.
    /// So the part is worked out here: from a place of at least 1, and a length of at least 0 or none, which is to the end.
    /// </summary>
    private static SqlExpression Substring(ExpressionTranslation translation, CallExpression call)
    {
        SqlExpression text = Value(translation, call, 0);
        SqlExpression[] places = [.. call.Arguments.Skip(1).Select(translation.Translate)];
        if (text is SqlValue { IsNull: true } || places.Any(place => place is SqlValue { IsNull: true }))
        {
            return SqlValue.Null(ColumnType.String);
        }

        if (places[0] is not SqlValue start || (places.Length > 1 && places[1] is not SqlValue))
        {
            throw ExpressionTranslation.Refuse("`substring` with a place that differs from row to row");
        }

        Int128 first = Int128.Max(start.Units, 1);
        if (first > int.MaxValue)
        {
            return Part(text, 1, 0);
        }

        if (places.Length == 1)
        {
            return Part(text, first, null);
        }

        Int128 length = ((SqlValue)places[1]).Units;
        Int128 end = length < 0 || start.Units <= Int128.MaxValue - length ? start.Units + Int128.Max(length, 0) : Int128.MaxValue;
        return end <= first ? Part(text, 1, 0) : Part(text, first, end > int.MaxValue ? null : end - first);
    }

    private static SqlCall Part(SqlExpression text, Int128 first, Int128? length) => new(
        ColumnType.String,
        SqlOperation.Substring,
        length is { } known
            ? [text, SqlValue.Of((long)first), SqlValue.Of((long)known)]
            : [text, SqlValue.Of((long)first)]);

    private static SqlExpression DateAdd(ExpressionTranslation translation, CallExpression call)
    {
        ColumnType type = translation.Bind(call).Type;
        SqlExpression number = Value(translation, call, 1);
        SqlExpression moment = Conversion.To(Value(translation, call, 2), type);
        return WithUnit(ExpressionTranslation.Strict(type, SqlOperation.DateAdd, number, moment), translation, call);
    }

    private static SqlExpression DateDifference(ExpressionTranslation translation, CallExpression call)
    {
        SqlExpression from = Conversion.ToTimestamp(Value(translation, call, 1));
        SqlExpression to = Conversion.ToTimestamp(Value(translation, call, 2));
        return WithUnit(
            ExpressionTranslation.Strict(ColumnType.Integer, SqlOperation.DateDifference, from, to), translation, call);
    }

    private static SqlExpression WithUnit(SqlExpression made, ExpressionTranslation translation, CallExpression call) =>
        made is SqlCall operation
            ? operation with { Unit = ((SqlValue)translation.Translate(call.Arguments[0])).Text!.ToLowerInvariant() }
            : made;

    private static SqlExpression Value(ExpressionTranslation translation, CallExpression call, int index) =>
        translation.Translate(call.Arguments[index]);

    private static int Constant(ExpressionTranslation translation, CallExpression call, int index) =>
        (int)((SqlValue)Value(translation, call, index)).Units;
}
