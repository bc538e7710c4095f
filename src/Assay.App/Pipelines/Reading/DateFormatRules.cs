using Assay.Data;
using Assay.Refine.Dates;

namespace Assay.App.Pipelines;

/// <summary>Says where a date format is wrong. What is right is for <see cref="DateFormat"/> to say.</summary>
internal static class DateFormatRules
{
    /// <summary>Finds what is wrong with a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="kind">Whether it is for dates or for timestamps.</param>
    /// <returns>Where, what and what to do about it; null when it is right.</returns>
    public static (int Offset, string Message, string? Hint)? Check(string format, ColumnKind kind)
    {
        var parts = new List<char>();
        for (int at = 0; at < format.Length;)
        {
            int end = at + 1;
            while (end < format.Length && format[end] == format[at])
            {
                end++;
            }

            string part = format[at..end];
            char meant = Meaning(part);
            if (meant == '?')
            {
                return (at, $"a date format has no part `{part}`", Hint(part));
            }

            if (meant != ' ' && parts.Contains(meant))
            {
                return (at, $"`{part}` is there twice", null);
            }

            if (kind == ColumnKind.Date && (meant is 'H' or 'm' or 's' or 'f' or 'z'))
            {
                return (at, $"a date has no time of day, so no `{part}`", "make the column a timestamp");
            }

            parts.Add(meant);
            at = end;
        }

        const string Example = "for example `yyyy-MM-dd`";
        return Missing(parts) is { } missing ? (0, $"the date format has no {missing}", Example)
            : DateFormat.TryCompile(format, out _, out string error) ? null
            : (0, error, Example);
    }

    /// <summary>What a part stands for: a space for itself, a question mark for nothing.</summary>
    private static char Meaning(string part) => (part[0], part.Length) switch
    {
        ('y', 4 or 2) => 'y',
        ('M', <= 3) => 'M',
        ('d' or 'H' or 'm' or 's', <= 2) => part[0],
        ('f' or 'F', <= 6) => 'f',
        ('z', 3) or ('K', 1) => 'z',
        ('T' or 'Z', 1) => ' ',
        (var c, _) => char.IsAscii(c) && !char.IsAsciiLetter(c) ? ' ' : '?',
    };

    private static string? Missing(List<char> parts) =>
        !parts.Contains('y') ? "year `yyyy`"
        : !parts.Contains('M') ? "month `MM` or `MMM`"
        : !parts.Contains('d') ? "day `dd`"
        : parts.Contains('f') && !parts.Contains('s') ? "second `ss`"
        : parts.Contains('s') && !parts.Contains('m') ? "minute `mm`"
        : (parts.Contains('m') || parts.Contains('z')) && !parts.Contains('H') ? "hour `HH`"
        : null;

    private static string Hint(string part) => char.ToLowerInvariant(part[0]) switch
    {
        'y' => "the year is `yyyy`, or `yy` for 1969 to 2068",
        'm' => "the month is `MM` (01) or `MMM` (Jan), the minute `mm`",
        'd' => "the day is `dd`",
        'h' => "the hour is `HH`, 00 to 23",
        's' => "the second is `ss`",
        'f' => "a second's fraction is `FFFFFF`, six digits at most",
        'z' => "an offset from UTC is `zzz` (+05:30, +0530 or Z), `K` for one or none",
        _ => "the parts are yyyy, MM, MMM, dd, HH, mm, ss, FFFFFF, zzz and K",
    };
}
