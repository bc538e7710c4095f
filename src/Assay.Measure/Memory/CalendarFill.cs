using System.Globalization;
using System.Text;

namespace Assay.Measure.Memory;

/// <summary>Finds the months or days between the first and the last group that have none.</summary>
internal static class CalendarFill
{
    /// <summary>The most groups it makes room for: as many as a KPI may keep, and some three thousand years of days.</summary>
    private const long MostGroups = 1_000_000;

    private const int MonthsPerYear = 12;

    /// <summary>Adds the groups that are missing.</summary>
    /// <param name="kpi">The KPI's name.</param>
    /// <param name="index">Groups of one key: dates, or months as text.</param>
    /// <param name="unit">The calendar's steps.</param>
    /// <exception cref="MeasureException">A text is no month, or the groups would be more than a million.</exception>
    public static void Fill(string kpi, GroupIndex index, FillUnit unit)
    {
        var present = new HashSet<long>();
        for (int group = 1; group <= index.Count; group++)
        {
            if (!index.IsNull(group))
            {
                present.Add(unit == FillUnit.Day ? index.Number(group) : Month(kpi, index.Text(group)));
            }
        }

        if (present.Count == 0)
        {
            return;
        }

        (long first, long last) = (present.Min(), present.Max());
        if (last - first >= MostGroups)
        {
            throw new MeasureException(kpi, string.Create(
                CultureInfo.InvariantCulture,
                $"filling the gaps would make {last - first + 1} groups, more than {MostGroups}: a date lies far from the others; leave it out with `where`"));
        }

        for (long step = first; step <= last; step++)
        {
            if (present.Contains(step))
            {
                continue;
            }

            if (unit == FillUnit.Day)
            {
                index.Add(step);
            }
            else
            {
                index.Add(Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $"{step / MonthsPerYear:0000}-{(step % MonthsPerYear) + 1:00}")));
            }
        }
    }

    /// <summary>The months before one that is written as <c>year_month</c> does.</summary>
    private static long Month(string kpi, ReadOnlySpan<byte> text)
    {
        bool isMonth = text.Length == 7 && text[4] == '-';
        int year = 0;
        int month = 0;
        for (int i = 0; isMonth && i < text.Length; i++)
        {
            int digit = text[i] - '0';
            isMonth = i == 4 || digit is >= 0 and <= 9;
            year = i < 4 ? (year * 10) + digit : year;
            month = i > 4 ? (month * 10) + digit : month;
        }

        return isMonth && month is >= 1 and <= MonthsPerYear
            ? (year * (long)MonthsPerYear) + month - 1
            : throw new MeasureException(kpi, $"`fill: month` needs keys such as 2024-03, as year_month(x) gives them, not `{Encoding.UTF8.GetString(text)}`");
    }
}
