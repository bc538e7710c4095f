namespace Assay.Data;

/// <summary>The names and lengths of units of time.</summary>
internal static class TimeUnits
{
    public static IReadOnlyList<string> Names { get; } = ["second", "minute", "hour", "day", "month", "year"];

    public static bool TryParse(string text, out TimeUnit unit)
    {
        int index = Names.ToList().IndexOf(text.ToLowerInvariant());
        unit = (TimeUnit)index;
        return index >= 0;
    }

    /// <summary>The microseconds of a unit that always has the same length.</summary>
    public static long Microseconds(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => Calendar.MicrosecondsPerSecond,
        TimeUnit.Minute => 60 * Calendar.MicrosecondsPerSecond,
        TimeUnit.Hour => 3600 * Calendar.MicrosecondsPerSecond,
        _ => Calendar.MicrosecondsPerDay,
    };

    public static bool IsCalendar(TimeUnit unit) => unit is TimeUnit.Month or TimeUnit.Year;

    /// <summary>The months of a unit of the calendar.</summary>
    public static int Months(TimeUnit unit) => unit == TimeUnit.Year ? 12 : 1;
}
