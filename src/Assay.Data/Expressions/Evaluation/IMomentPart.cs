namespace Assay.Data;

/// <summary>A number that a moment has, such as its month.</summary>
internal interface IMomentPart
{
    /// <summary>Computes it.</summary>
    /// <param name="day">Days since 1970-01-01.</param>
    /// <param name="microsecond">Microseconds since that day began.</param>
    static abstract long Of(long day, long microsecond);
}

internal readonly struct DayPart : IMomentPart
{
    public static long Of(long day, long microsecond) => day;
}

internal readonly struct YearOf : IMomentPart
{
    public static long Of(long day, long microsecond) => Calendar.Civil(day).Year;
}

internal readonly struct QuarterOf : IMomentPart
{
    public static long Of(long day, long microsecond) => (Calendar.Civil(day).Month + 2) / 3;
}

internal readonly struct MonthOf : IMomentPart
{
    public static long Of(long day, long microsecond) => Calendar.Civil(day).Month;
}

internal readonly struct DayOfMonth : IMomentPart
{
    public static long Of(long day, long microsecond) => Calendar.Civil(day).Day;
}

/// <summary>ISO 8601: 1 for Monday to 7 for Sunday.</summary>
internal readonly struct Weekday : IMomentPart
{
    // 1970-01-01 was a Thursday, and year 1 began on a Monday.
    public static long Of(long day, long microsecond) => ((day - Calendar.MinDay) % 7) + 1;
}

internal readonly struct HourOf : IMomentPart
{
    public static long Of(long day, long microsecond) => microsecond / (3600 * Calendar.MicrosecondsPerSecond);
}

internal readonly struct MinuteOf : IMomentPart
{
    public static long Of(long day, long microsecond) => microsecond / (60 * Calendar.MicrosecondsPerSecond) % 60;
}
