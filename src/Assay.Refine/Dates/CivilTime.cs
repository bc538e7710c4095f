using System.Runtime.CompilerServices;

namespace Assay.Refine.Dates;

/// <summary>A date with a time of day, as read from text.</summary>
internal struct CivilTime
{
    public const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>The first moment of the year 1 and the last of the year 9999.</summary>
    public const long MinMicrosecond = -719_162 * MicrosecondsPerDay;
    public const long MaxMicrosecond = (2_932_897 * MicrosecondsPerDay) - 1;

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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Counted from 1 March, so that a leap day is a year's last; 306 days of the year before come first.
            int shifted = Month < 3 ? 1 : 0;
            uint year = (uint)(Year - shifted);
            uint century = year / 100;
            uint month = (uint)(Month + (12 * shifted) - 3);
            return (long)((year * 1461 / 4) - century + (century / 4) + (((month * 153) + 2) / 5) + (uint)Day) - 719_469;
        }
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00.</summary>
    public readonly long Microseconds =>
        (Days * MicrosecondsPerDay) + ((((Hour * 60L) + Minute) * 60) + Second) * 1_000_000 + Microsecond;

    /// <summary>The day that a moment falls in, also before 1970.</summary>
    public static long DayOf(long microseconds) => (microseconds - Modulo(microseconds)) / MicrosecondsPerDay;

    /// <summary>Whether there is such a moment: years 1 to 9999, no 30 February, no hour 24, no second 60.</summary>
    public readonly bool Exists
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)(Year - 1) < 9999 && (uint)(Month - 1) < 12 && (uint)(Day - 1) < 31
            && (uint)Hour < 24 && (uint)Minute < 60 && (uint)Second < 60
            && (Day <= 28 || Day <= DaysIn[Month] + (Month == 2 && IsLeap ? 1 : 0));
    }

    private static long Modulo(long microseconds) => ((microseconds % MicrosecondsPerDay) + MicrosecondsPerDay) % MicrosecondsPerDay;

    private readonly bool IsLeap => Year % 4 == 0 && (Year % 100 != 0 || Year % 400 == 0);
}
