namespace Assay.Data;

/// <summary>Moves dates or timestamps by a number of units. A day that the month does not have becomes its last; what
/// leaves the years 1 to 9999 overflows.</summary>
internal sealed class DateAddOperator(
    EvaluationContext context, ColumnType type, VectorOperator number, VectorOperator moment, TimeUnit unit)
    : ComputedOperator(context, type, number, moment)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector number = Inputs[0].Current;
        long[] moments = Inputs[1].Current.Values;
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            if (TryAdd(moments[row], number.Get(row), out long moved))
            {
                Result.Values[row] = moved;
            }
            else
            {
                SetOverflow(row);
            }
        }
    }

    private bool TryAdd(long moment, Int128 number, out long moved)
    {
        moved = 0;
        if (Int128.Abs(Int128.Clamp(number, long.MinValue, long.MaxValue)) > Calendar.MaxMicrosecond)
        {
            return false;
        }

        bool isDate = Type.Kind == ColumnKind.Date;
        if (!TimeUnits.IsCalendar(unit))
        {
            Int128 sum = moment + (number * (isDate ? 1 : TimeUnits.Microseconds(unit)));
            moved = (long)sum;
            return isDate
                ? sum >= Calendar.MinDay && sum <= Calendar.MaxDay
                : sum >= Calendar.MinMicrosecond && sum <= Calendar.MaxMicrosecond;
        }

        long day = isDate ? moment : Calendar.DayOf(moment);
        long rest = isDate ? 0 : moment - (day * Calendar.MicrosecondsPerDay);
        (int year, int month, int dayOfMonth) = Calendar.Civil(day);
        Int128 months = (year * 12) + month - 1 + (number * TimeUnits.Months(unit));
        if (months < 12 || months >= 10_000 * 12)
        {
            return false;
        }

        year = (int)months / 12;
        month = ((int)months % 12) + 1;
        day = Calendar.Days(year, month, Math.Min(dayOfMonth, DateTime.DaysInMonth(year, month)));
        moved = isDate ? day : (day * Calendar.MicrosecondsPerDay) + rest;
        return true;
    }
}
