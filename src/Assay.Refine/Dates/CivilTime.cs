namespace Assay.Refine.Dates;

/// <summary>A date with a time of day, as read from text.</summary>
internal struct CivilTime
{
    public const long MicrosecondsPerDay = 86_400_000_000;

    private static readonly int[] DaysBefore = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    private static readonly int[] DaysIn = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public int Year;
    public int Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;
    public int Microsecond;

    /// <summary>Days since 1970-01-01 in the proleptic Gregorian calendar.</summary>
    public readonly long Days
    {
        get
        {
            int before = Year - 1;
            long days = (before * 365L) + (before / 4) - (before / 100) + (before / 400) + DaysBefore[Month] + Day - 1;
            return days - 719_162 + (Month > 2 && IsLeap ? 1 : 0);
        }
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00.</summary>
    public readonly long Microseconds =>
        (Days * MicrosecondsPerDay) + ((((Hour * 60L) + Minute) * 60) + Second) * 1_000_000 + Microsecond;

    /// <summary>Whether there is such a moment: years 1 to 9999, no 30 February, no hour 24, no second 60.</summary>
    public readonly bool Exists =>
        Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1
        && Day <= DaysIn[Month] + (Month == 2 && IsLeap ? 1 : 0)
        && (uint)Hour < 24 && (uint)Minute < 60 && (uint)Second < 60;

    private readonly bool IsLeap => Year % 4 == 0 && (Year % 100 != 0 || Year % 400 == 0);
}
