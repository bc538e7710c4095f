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

    /// <summary>The moment of a cell.</summary>
    public static DateTime FromCell(long cell, ColumnType type) => type.Kind == ColumnKind.Date
        ? DateTime.UnixEpoch.AddDays(cell)
        : DateTime.UnixEpoch.AddTicks(cell * TimeSpan.TicksPerMicrosecond);
}
