using Assay.Data;

namespace Assay.Sql;

/// <summary>What the dialects' writers share about time.</summary>
internal static class Moments
{
    public static bool IsCalendar(SqlCall call) => call.Unit is "month" or "year";

    /// <summary>The microseconds of the unit of a call, which always has the same length.</summary>
    public static string Microseconds(SqlCall call) => Seconds(call) + "000000";

    /// <summary>The seconds of the unit of a call, which always has the same length.</summary>
    public static string Seconds(SqlCall call) => call.Unit switch
    {
        "second" => "1",
        "minute" => "60",
        "hour" => "3600",
        _ => "86400",
    };

    /// <summary>The most whole units that two moments of the years 1 to 9999 are apart.</summary>
    public static long Most(string unit) => unit switch
    {
        "year" => 9_998,
        "month" => 119_987,
        "day" => 3_652_058,
        "hour" => 87_649_415,
        "minute" => 5_258_964_959,
        _ => 315_537_897_599,
    };

    /// <summary>The dates that a difference is between, when both moments are dates.</summary>
    public static (SqlExpression From, SqlExpression To)? Dates(SqlCall call) =>
        Date(call.Arguments[0]) is { } from && Date(call.Arguments[1]) is { } to ? (from, to) : null;

    private static SqlExpression? Date(SqlExpression moment) => moment switch
    {
        SqlCall { Operation: SqlOperation.DateToTimestamp } call => call.Arguments[0],
        SqlValue { IsNull: false } value when value.Units % 86_400_000_000 == 0 => new SqlValue(ColumnType.Date, value.Units / 86_400_000_000),
        _ => null,
    };
}
