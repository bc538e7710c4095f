using System.Globalization;
using Assay.Data;

namespace Assay.Store;

/// <summary>The numbers and folder names of a table's partitions.</summary>
/// <remarks>A month's number is its count from January of year 0, a day's its count from 1970-01-01.</remarks>
internal static class SilverPartition
{
    /// <summary>The partition of rows whose partition column is null; those of a table without one are in 0.</summary>
    public const int None = int.MaxValue;

    /// <summary>The file in each partition's folder.</summary>
    public const string FileName = "data.parquet";

    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The partition of a cell of the partition column.</summary>
    public static int Of(ColumnType type, SilverGrain grain, long cell)
    {
        long day = type.Kind == ColumnKind.Date ? cell : FloorDays(cell);
        if (grain == SilverGrain.Day)
        {
            return (int)day;
        }

        var date = DateOnly.FromDayNumber((int)day + Epoch);
        return (date.Year * 12) + date.Month - 1;
    }

    /// <summary>The least cell of the partition column that lies in a partition.</summary>
    public static long FirstCell(ColumnType type, SilverGrain grain, int partition)
    {
        // The first month after the calendar's last begins a day after that one's end.
        int day = grain == SilverGrain.Day ? partition
            : partition > (9999 * 12) + 11 ? DateOnly.MaxValue.DayNumber + 1 - Epoch
            : new DateOnly(1, 1, 1).AddMonths(partition - 12).DayNumber - Epoch;
        return type.Kind == ColumnKind.Date ? day : day * MicrosecondsPerDay;
    }

    /// <summary>The path of a partition's file below its table's folder.</summary>
    public static string PathOf(SilverTable table, int partition)
    {
        if (table.PartitionColumn is null)
        {
            return FileName;
        }

        string grain = GrainName(table.Grain);
        return partition == None ? $"{grain}=none/{FileName}"
            : table.Grain == SilverGrain.Month
                ? string.Create(CultureInfo.InvariantCulture, $"{grain}={partition / 12:0000}-{(partition % 12) + 1:00}/{FileName}")
                : string.Create(CultureInfo.InvariantCulture, $"{grain}={DateOnly.FromDayNumber(partition + Epoch):yyyy-MM-dd}/{FileName}");
    }

    /// <summary>The partition whose file lies at a path below the table's folder, or null when none does.</summary>
    public static int? Parse(SilverTable table, string path)
    {
        if (table.PartitionColumn is null)
        {
            return path == FileName ? 0 : null;
        }

        string prefix = GrainName(table.Grain) + "=";
        string suffix = "/" + FileName;
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !path.EndsWith(suffix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = path[prefix.Length..^suffix.Length];
        string format = table.Grain == SilverGrain.Month ? "yyyy-MM" : "yyyy-MM-dd";
        if (name == "none")
        {
            return None;
        }

        return DateOnly.TryParseExact(name, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? table.Grain == SilverGrain.Month ? (date.Year * 12) + date.Month - 1 : date.DayNumber - Epoch
            : null;
    }

    private static string GrainName(SilverGrain grain) => grain == SilverGrain.Month ? "month" : "day";

    private static long FloorDays(long microseconds)
    {
        long days = microseconds / MicrosecondsPerDay;
        return microseconds % MicrosecondsPerDay < 0 ? days - 1 : days;
    }
}
