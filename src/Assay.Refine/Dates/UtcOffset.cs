namespace Assay.Refine.Dates;

/// <summary>Offsets from UTC, as ISO 8601 writes them.</summary>
internal static class UtcOffset
{
    /// <summary>The bytes of an offset at its full width: <c>+05:30</c>.</summary>
    public const int Width = 6;

    /// <summary>The greatest offset there is, 14 hours: Kiribati's Line Islands.</summary>
    private const int MostMinutes = 14 * 60;

    private const long MicrosecondsPerMinute = 60_000_000;

    /// <summary>Reads <c>Z</c>, <c>+05:30</c> or <c>+0530</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where it begins; moved behind it.</param>
    /// <param name="minutes">How far it is ahead of UTC.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, ref int at, out int minutes)
    {
        minutes = 0;
        if (at < text.Length && text[at] == 'Z')
        {
            at++;
            return true;
        }

        if (text.Length - at < 5 || text[at] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        int sign = text[at] == '-' ? -1 : 1;
        int colon = text[at + 3] == ':' ? 1 : 0;
        if (text.Length - at < 5 + colon
            || !TryReadTwo(text[(at + 1)..], out int hours) || !TryReadTwo(text[(at + 3 + colon)..], out int rest)
            || rest >= 60 || (hours * 60) + rest > MostMinutes)
        {
            return false;
        }

        minutes = sign * ((hours * 60) + rest);
        at += 5 + colon;
        return true;
    }

    /// <summary>A moment in UTC.</summary>
    /// <param name="time">The moment, as it was written.</param>
    /// <param name="minutes">How far that is ahead of UTC.</param>
    /// <returns>Microseconds since 1970-01-01T00:00:00 UTC.</returns>
    public static long ToUtc(in CivilTime time, int minutes) => time.Microseconds - (minutes * MicrosecondsPerMinute);

    private static bool TryReadTwo(ReadOnlySpan<byte> text, out int number)
    {
        int tens = text[0] - '0';
        int ones = text[1] - '0';
        number = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}
