using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>The whole units from one timestamp to another, cut off toward zero.</summary>
/// <remarks>A month is whole when the later moment has reached the earlier one's day and time of the month, as
/// <c>ChronoUnit.MONTHS.between</c> of java.time counts.</remarks>
internal sealed class DateDifferenceOperator(EvaluationContext context, VectorOperator from, VectorOperator to, TimeUnit unit)
    : ComputedOperator(context, ColumnType.Integer, from, to)
{
    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        long[] from = Inputs[0].Current.Values;
        long[] to = Inputs[1].Current.Values;
        long[] result = Result.Values;
        if (TimeUnits.IsCalendar(unit))
        {
            int length = TimeUnits.Months(unit);
            for (int row = 0; row < count; row++)
            {
                result[row] = Months(from[row], to[row]) / length;
            }

            return;
        }

        long microseconds = TimeUnits.Microseconds(unit);
        for (int row = 0; row < count; row++)
        {
            result[row] = unchecked(to[row] - from[row]) / microseconds;
        }
    }

    private static long Months(long from, long to)
    {
        (long fromMonth, long fromRest) = Split(from);
        (long toMonth, long toRest) = Split(to);
        long months = toMonth - fromMonth;
        return (months > 0 && toRest < fromRest) ? months - 1
            : (months < 0 && toRest > fromRest) ? months + 1
            : months;
    }

    /// <summary>The month, counted from year 0, and the microseconds since it began.</summary>
    private static (long Month, long Within) Split(long microseconds)
    {
        long day = Calendar.DayOf(microseconds);
        (int year, int month, int dayOfMonth) = Calendar.Civil(day);
        long rest = ((dayOfMonth - 1) * Calendar.MicrosecondsPerDay) + (microseconds - (day * Calendar.MicrosecondsPerDay));
        return ((year * 12L) + month, rest);
    }
}
