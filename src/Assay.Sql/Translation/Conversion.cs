using Assay.Data;

namespace Assay.Sql;

/// <summary>Brings values from one type to another, as binding an expression does.</summary>
internal static class Conversion
{
    private const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>The type of a computed number.</summary>
    public static ColumnType Number(int scale) =>
        scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, scale);

    /// <summary>A value as one of a type that holds all of its kind's values; a number's scale does not get smaller.</summary>
    public static SqlExpression To(SqlExpression value, ColumnType type) => value switch
    {
        _ when value.Type == type => value,
        SqlValue { IsNull: true } => SqlValue.Null(type),
        _ when value.Type.Kind == ColumnKind.Date && type.Kind == ColumnKind.Timestamp => ToTimestamp(value),
        SqlValue number when type.IsNumeric => Comparison.Exactly(number, type.Scale) is { } units
            ? new SqlValue(type, units)
            : throw new SqlException($"the number {SqlLiterals.Plain(number)} needs more than 128 bits beside others with {type.Scale} digits after the point"),
        SqlValue other => other with { Type = type },
        _ when type.IsNumeric => new SqlCall(type, SqlOperation.Rescale, [value]),
        _ => value,
    };

    /// <summary>A date or timestamp as a timestamp.</summary>
    public static SqlExpression ToTimestamp(SqlExpression moment) => moment switch
    {
        _ when moment.Type.Kind != ColumnKind.Date => To(moment, ColumnType.Timestamp),
        SqlValue { IsNull: false } date => new SqlValue(ColumnType.Timestamp, date.Units * MicrosecondsPerDay),
        SqlValue => SqlValue.Null(ColumnType.Timestamp),
        _ => new SqlCall(ColumnType.Timestamp, SqlOperation.DateToTimestamp, [moment]),
    };
}
