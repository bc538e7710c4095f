using Assay.Data;

namespace Assay.App.Runs;

/// <summary>Moments as columns hold them: dates as days, timestamps as microseconds since 1970.</summary>
internal static class Moments
{
    /// <summary>The cell of a moment.</summary>
    public static long ToCell(DateTime moment, ColumnType type)
    {
        long ticks = moment.Ticks - DateTime.UnixEpoch.Ticks;
        return type.Kind == ColumnKind.Date
            ? (long)Math.Floor(ticks / (double)TimeSpan.TicksPerDay)
            : Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond).Quotient;
    }

    /// <summary>The moment of a cell, of no zone but the pipeline's.</summary>
    public static DateTime FromCell(long cell, ColumnType type) =>
        new(DateTime.UnixEpoch.Ticks + (cell * (type.Kind == ColumnKind.Date ? TimeSpan.TicksPerDay : TimeSpan.TicksPerMicrosecond)), DateTimeKind.Unspecified);
}
