using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>What a date format may be made of.</summary>
internal static class DateFormatRules
{
    private const string Literals = "-/.:,_ T";

    private static readonly string[] DateParts = ["yyyy", "MM", "MMM", "dd"];
    private static readonly string[] TimeParts = ["HH", "mm", "ss"];

    /// <summary>The formats of a date column that declares none: ISO 8601.</summary>
    public static IReadOnlyList<string> Dates { get; } = ["yyyy-MM-dd"];

    /// <summary>The formats of a timestamp column that declares none: ISO 8601, and with a space in place of the T.</summary>
    public static IReadOnlyList<string> Timestamps { get; } = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Finds what is wrong with a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="kind">Whether it is for dates or for timestamps.</param>
    /// <returns>Where, what and what to do about it; null when it is right.</returns>
    public static (int Offset, string Message, string? Hint)? Check(string format, ColumnKind kind)
    {
        var parts = new List<string>();
        for (int at = 0; at < format.Length;)
        {
            int end = at + 1;
            while (end < format.Length && format[end] == format[at])
            {
                end++;
            }

            string part = format[at..end];
            bool time = TimeParts.Contains(part);
            if (!time && !DateParts.Contains(part))
            {
                if (!Literals.Contains(format[at], StringComparison.Ordinal) || (format[at] == 'T' && part.Length > 1))
                {
                    return (at, $"a date format has no part `{part}`", Hint(part));
                }
            }
            else if (parts.Contains(part) || (part[0] == 'M' && parts.Exists(other => other[0] == 'M')))
            {
                return (at, $"`{part}` is there twice", null);
            }
            else if (time && kind == ColumnKind.Date)
            {
                return (at, $"a date has no time of day, so no `{part}`", "make the column a timestamp");
            }
            else
            {
                parts.Add(part);
            }

            at = end;
        }

        return Missing(parts) is { } missing ? (0, $"the date format has no {missing}", "for example `yyyy-MM-dd`") : null;
    }

    private static string? Missing(List<string> parts) =>
        !parts.Contains("yyyy") ? "year `yyyy`"
        : !parts.Exists(part => part[0] == 'M') ? "month `MM` or `MMM`"
        : !parts.Contains("dd") ? "day `dd`"
        : parts.Contains("ss") && !parts.Contains("mm") ? "minute `mm`"
        : parts.Contains("mm") && !parts.Contains("HH") ? "hour `HH`"
        : null;

    private static string Hint(string part) => char.ToLowerInvariant(part[0]) switch
    {
        'y' => "the year is `yyyy`",
        'm' => "the month is `MM` (01) or `MMM` (Jan), the minute `mm`",
        'd' => "the day is `dd`",
        'h' => "the hour is `HH`, 00 to 23",
        's' => "the second is `ss`",
        _ => "the parts are yyyy, MM, MMM, dd, HH, mm and ss",
    };
}
