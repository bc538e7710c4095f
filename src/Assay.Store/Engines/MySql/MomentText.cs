namespace Assay.Store;

/// <summary>Dates and timestamps as SQL writes them.</summary>
internal static class MomentText
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;
    private const int FractionDigits = 6;

    /// <summary>The day number of 1970-01-01.</summary>
    private const int UnixDay = 719_162;

    /// <summary>Writes <c>yyyy-MM-dd</c>.</summary>
    /// <param name="to">Takes it.</param>
    /// <param name="days">Days since 1970-01-01, of the years 1 to 9999.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteDate(Span<byte> to, long days)
    {
        (int year, int month, int day) = DateOnly.FromDayNumber(checked((int)(days + UnixDay)));
        Digits(to, 0, 4, year);
        to[4] = (byte)'-';
        Digits(to, 5, 2, month);
        to[7] = (byte)'-';
        Digits(to, 8, 2, day);
        return 10;
    }

    /// <summary>Writes <c>yyyy-MM-dd HH:mm:ss</c>, and six digits of a fraction where there is one.</summary>
    /// <param name="to">Takes it.</param>
    /// <param name="microseconds">Microseconds since 1970-01-01T00:00:00, of the years 1 to 9999.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteTimestamp(Span<byte> to, long microseconds)
    {
        long day = Math.DivRem(microseconds, MicrosecondsPerDay, out long rest);
        if (rest < 0)
        {
            day--;
            rest += MicrosecondsPerDay;
        }

        int at = WriteDate(to, day);
        int seconds = (int)Math.DivRem(rest, MicrosecondsPerSecond, out long fraction);
        to[at] = (byte)' ';
        Digits(to, at + 1, 2, seconds / 3600);
        to[at + 3] = (byte)':';
        Digits(to, at + 4, 2, seconds / 60 % 60);
        to[at + 6] = (byte)':';
        Digits(to, at + 7, 2, seconds % 60);
        at += 9;
        if (fraction != 0)
        {
            to[at] = (byte)'.';
            Digits(to, at + 1, FractionDigits, (int)fraction);
            at += 1 + FractionDigits;
        }

        return at;
    }

    private static void Digits(Span<byte> to, int at, int count, int number)
    {
        for (int i = at + count - 1; i >= at; i--)
        {
            number = Math.DivRem(number, 10, out int digit);
            to[i] = (byte)('0' + digit);
        }
    }
}
