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

    /// <summary>The dates that a difference is between, when both moments are dates.</summary>
    public static (SqlExpression From, SqlExpression To)? Dates(SqlCall call) =>
        Date(call.Arguments[0]) is { } from && Date(call.Arguments[1]) is { } to ? (from, to) : null;

    /// <summary>
    /// Whole months or years: what the calendar says, less the last one when it is not over yet, that is when the later moment
    /// has not reached the earlier one's day and time of the month.
    /// </summary>
    /// <param name="call">The difference.</param>
    /// <param name="months">The months between the two, by the calendar.</param>
    /// <param name="to">How far the second moment is into its month, as something to compare.</param>
    /// <param name="from">How far the first moment is into its month.</param>
    /// <param name="divide">The division that cuts off toward zero.</param>
    public static SqlCode Months(SqlCall call, string months, string to, string from, string divide)
    {
        string whole =
            $"CASE WHEN {months} > 0 AND {to} < {from} THEN {months} - 1"
            + $" WHEN {months} < 0 AND {to} > {from} THEN {months} + 1"
            + $" ELSE {months} END";
        return call.Unit == "month" ? new SqlCode(whole) : new SqlCode($"{whole} {divide} 12", SqlPrecedence.Product);
    }

    private static SqlExpression? Date(SqlExpression moment) => moment switch
    {
        SqlCall { Operation: SqlOperation.DateToTimestamp } call => call.Arguments[0],
        SqlValue { IsNull: false } value when value.Units % 86_400_000_000 == 0 => new SqlValue(ColumnType.Date, value.Units / 86_400_000_000),
        _ => null,
    };
}
