using System.Globalization;
using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Days and microseconds since 1970 as the proleptic Gregorian calendar names them, years 1 to 9999.</summary>
internal static class Calendar
{
    public const long MicrosecondsPerSecond = 1_000_000;
    public const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;
    public const long MinDay = -719_162;
    public const long MaxDay = 2_932_896;
    public const long MinMicrosecond = MinDay * MicrosecondsPerDay;
    public const long MaxMicrosecond = ((MaxDay + 1) * MicrosecondsPerDay) - 1;

    private static readonly string[] TimestampFormats =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd",
    ];

    public static bool TryParseDate(string text, out long days)
    {
        bool known = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        days = date.DayNumber + MinDay;
        return known;
    }

    public static bool TryParseTimestamp(string text, out long microseconds)
    {
        bool known = DateTime.TryParseExact(
            text, TimestampFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time);
        microseconds = (time.Ticks / TimeSpan.TicksPerMicrosecond) + MinMicrosecond;
        return known;
    }

    public static string DateText(long days) =>
        DateOnly.FromDayNumber((int)(days - MinDay)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string TimestampText(long microseconds) =>
        new DateTime((microseconds - MinMicrosecond) * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    /// <summary>The day that a microsecond falls in, also before 1970.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long DayOf(long microseconds)
    {
        long day = microseconds / MicrosecondsPerDay;
        return (day * MicrosecondsPerDay) > microseconds ? day - 1 : day;
    }

    /// <summary>The year, month and day of a day. By C. Neri and L. Schneider, "Euclidean affine functions and their
    /// application to calendar algorithms" (2023).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Year, int Month, int Day) Civil(long days)
    {
        // 719,468 days from 0000-03-01 to 1970-01-01; unsigned, so that a stale cell of a null row cannot trap.
        uint n = (uint)(days + 719_468);
        uint n1 = (4 * n) + 3;
        uint century = n1 / 146_097;
        uint n2 = (n1 % 146_097) | 3;
        ulong p2 = 2_939_745UL * n2;
        uint yearOfCentury = (uint)(p2 >> 32);
        uint dayOfYear = (uint)p2 / 2_939_745 / 4;
        uint n3 = (2_141 * dayOfYear) + 197_913;
        uint month = n3 >> 16;
        uint day = (n3 & 0xFFFF) / 2_141;
        uint year = (100 * century) + yearOfCentury;
        return dayOfYear >= 306 ? ((int)year + 1, (int)month - 12, (int)day + 1) : ((int)year, (int)month, (int)day + 1);
    }

    /// <summary>The inverse of <see cref="Civil"/>, for a day that exists.</summary>
    public static long Days(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year;
        int m = month <= 2 ? month + 12 : month;
        int century = y / 100;
        return ((1461L * y) / 4) - century + (century / 4) + (((979 * m) - 2919) / 32) + day - 1 - 719_468;
    }

    public static int DaysInMonth(int year, int month) => DateTime.DaysInMonth(year, month);
}
