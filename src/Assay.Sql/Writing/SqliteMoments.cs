using Assay.Data;

namespace Assay.Sql;

/// <summary>Dates and timestamps as SQLite has them: text, whose parts are cut out of it, and whose days and seconds are
/// counted by SQLite's own functions. These know milliseconds only, so fractions of a second are kept out of them.</summary>
internal static class SqliteMoments
{
    private static readonly string[] Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>The branches that give a weekday its name, by <c>strftime('%w')</c>.</summary>
    public static IReadOnlyList<string> WeekdayNames { get; } = [.. Weekdays.Select((name, i) => $"WHEN '{i}' THEN '{name}'")];

    /// <summary>The branches that give a month its name, by its two digits.</summary>
    public static IReadOnlyList<string> MonthNames { get; } = [.. Months.Select((name, i) => $"WHEN '{i + 1:00}' THEN '{name}'")];

    /// <summary>A part of a moment, or null when the operation is none.</summary>
    public static SqlCode? Part(SqlCall call, SqlCode moment)
    {
        string x = moment.Text;
        string day = call.Arguments[0].Type.Kind == ColumnKind.Date ? x : $"substr({x}, 1, 10)";
        return call.Operation switch
        {
            SqlOperation.DateToTimestamp => new SqlCode($"{moment.At(SqlPrecedence.Primary)} || ' 00:00:00'", SqlPrecedence.Concat),
            SqlOperation.Date => new SqlCode($"substr({x}, 1, 10)"),
            SqlOperation.Year => Number(x, 1, 4),
            SqlOperation.Quarter => Quarter(x),
            SqlOperation.Month => Number(x, 6, 2),
            SqlOperation.Day => Number(x, 9, 2),
            SqlOperation.Hour => Number(x, 12, 2),
            SqlOperation.Minute => Number(x, 15, 2),
            SqlOperation.Weekday => new SqlCode($"(strftime('%w', {day}) + 6) % 7 + 1", SqlPrecedence.Sum),
            SqlOperation.YearMonth => new SqlCode($"substr({x}, 1, 7)"),
            SqlOperation.YearQuarter => new SqlCode($"substr({x}, 1, 4) || '-Q' || ({Quarter(x).Text})", SqlPrecedence.Concat),
            _ => null,
        };
    }

    /// <summary>A moment later by a number of units. SQLite gives null for what it knows no day for, and years before 1: that
    /// fails here, as it does in Assay. The subquery gives the moment a name, so that it stands here once.</summary>
    public static SqlCode Add(SqlCall call, SqlCode number, SqlCode moment)
    {
        (string Text, SqlExpression Value)[] operands = [(moment.Compared, call.Arguments[1]), (number.Compared, call.Arguments[0])];
        string[] known = [.. operands.Where(operand => operand.Value is not SqlValue).Select(operand => $"{operand.Text} IS NOT NULL")];
        string isKnown = known.Length == 0 ? "TRUE" : string.Join(" AND ", known);
        return new SqlCode(
            $"(SELECT CASE WHEN t >= '0001-01-01' THEN t WHEN k THEN abs(k * 0 - 9223372036854775807 - 1) END FROM (SELECT {Moved(call, number, moment).Text} AS t, {isKnown} AS k))");
    }

    private static SqlCode Moved(SqlCall call, SqlCode number, SqlCode moment)
    {
        string x = moment.Text;
        string count = number.At(SqlPrecedence.Primary);
        bool isDate = call.Type.Kind == ColumnKind.Date;
        string day = isDate ? x : $"substr({x}, 1, 10)";
        string time = isDate ? "" : $" || substr({x}, 11)";
        SqlPrecedence level = isDate ? SqlPrecedence.Primary : SqlPrecedence.Concat;
        switch (call.Unit)
        {
            case "day":
                return new SqlCode($"{Mended($"date({day}, {count} || ' days')")}{time}", level);
            case "month" or "year":
                // SQLite goes on into the next month when one is too short; the right month's last day is the least of both. It is
                // the day before the next month's first, which December 9999 has not got.
                string months = call.Unit == "month" ? $"{count} || ' months'" : $"({count} * 12) || ' months'";
                string sameDay = $"date({day}, 'start of month', {months}, (substr({x}, 9, 2) - 1) || ' days')";
                string lastDay = $"coalesce(date({day}, 'start of month', {months}, '1 month', '-1 day'), '9999-12-31')";
                return new SqlCode($"min({Mended(sameDay)}, {lastDay}){time}", level);
            default:
                return new SqlCode($"{Mended($"datetime(substr({x}, 1, 19), {count} || ' {call.Unit}s')")} || substr({x}, 20)", SqlPrecedence.Concat);
        }
    }

    /// <summary>The days from one date to another.</summary>
    public static SqlCode Days(string from, string to) =>
        new($"(strftime('%s', {to}) - strftime('%s', {from})) / 86400", SqlPrecedence.Product);

    /// <summary>The months from one timestamp to another, by the calendar.</summary>
    public static string MonthsBetween(string from, string to) =>
        $"(substr({to}, 1, 4) - substr({from}, 1, 4)) * 12 + substr({to}, 6, 2) - substr({from}, 6, 2)";

    /// <summary>The day and time of the month, whose order is that of time.</summary>
    public static string WithinMonth(string moment) => $"substr({moment}, 9)";

    /// <summary>The whole units of the same length from one timestamp to another.</summary>
    public static SqlCode Difference(SqlCall call, string from, string to) =>
        new($"({Microseconds(to)} - ({Microseconds(from)})) / {Moments.Microseconds(call)}", SqlPrecedence.Product);

    /// <summary>Of all days SQLite 3.40 writes one wrong: the first of March 300 as a 29th of February, which that year has not got.</summary>
    private static string Mended(string date) => $"replace({date}, '0300-02-29', '0300-03-01')";

    private static string Microseconds(string x) =>
        $"strftime('%s', substr({x}, 1, 19)) * 1000000 + substr(substr({x}, 21) || '000000', 1, 6)";

    private static SqlCode Number(string x, int start, int length) => new($"CAST(substr({x}, {start}, {length}) AS INTEGER)");

    private static SqlCode Quarter(string x) => new($"(substr({x}, 6, 2) + 2) / 3", SqlPrecedence.Product);
}
