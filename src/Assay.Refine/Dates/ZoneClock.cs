namespace Assay.Refine.Dates;

/// <summary>
/// Tells local time in a zone. Days on which the zone's clock does not change, nearly all, are looked up once and
/// remembered. One per worker.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    private const int DaysKept = 1024;

    private (long Day, long Offset)[]? _known;

    /// <summary>Brings a moment to the zone.</summary>
    /// <param name="utc">Microseconds since 1970-01-01T00:00:00 UTC.</param>
    /// <param name="local">Microseconds since 1970-01-01T00:00:00 as the zone's clock shows it.</param>
    /// <returns>False when either is outside of the years 1 to 9999.</returns>
    public bool TryToLocal(long utc, out long local)
    {
        local = utc;
        if (!Exists(utc))
        {
            return false;
        }

        local += OffsetAt(utc);
        return Exists(local);
    }

    private static bool Exists(long microseconds) => microseconds is >= CivilTime.MinMicrosecond and <= CivilTime.MaxMicrosecond;

    private long OffsetAt(long utc)
    {
        long day = CivilTime.DayOf(utc);
        _known ??= new (long Day, long Offset)[DaysKept];
        ref (long Day, long Offset) known = ref _known[day & (DaysKept - 1)];

        // Days are kept as one more, so that a place that is not used yet, 0, is none: but for the last day of 1969, of
        // which it would say that the zone is in UTC.
        if (known.Day == day + 1 && day != -1)
        {
            return known.Offset;
        }

        long start = day * CivilTime.MicrosecondsPerDay;
        long offset = LookUp(utc);
        if (LookUp(start) == offset && LookUp(start + (CivilTime.MicrosecondsPerDay / 2)) == offset && LookUp(start + CivilTime.MicrosecondsPerDay - 1) == offset)
        {
            known = (day + 1, offset);
        }

        return offset;
    }

    private long LookUp(long utc) =>
        zone.GetUtcOffset(new DateTime(DateTime.UnixEpoch.Ticks + (utc * TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerMicrosecond;
}
