namespace Assay.Data.Tests;

public sealed class CalendarTests
{
    [Fact]
    public void Civil_WhenAnyDayOfTheYears1To9999_ThenAsTheRuntimeSays()
    {
        for (long day = Calendar.MinDay; day <= Calendar.MaxDay; day++)
        {
            var date = DateOnly.FromDayNumber((int)(day - Calendar.MinDay));
            (int year, int month, int dayOfMonth) = Calendar.Civil(day);
            if ((year, month, dayOfMonth) != (date.Year, date.Month, date.Day) || Calendar.Days(year, month, dayOfMonth) != day)
            {
                Assert.Fail($"day {day}: {year}-{month}-{dayOfMonth}, expected {date:O}");
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    [InlineData(86_399_999_999, 0)]
    [InlineData(86_400_000_000, 1)]
    [InlineData(-86_400_000_000, -1)]
    [InlineData(-86_400_000_001, -2)]
    [InlineData(Calendar.MinMicrosecond, Calendar.MinDay)]
    [InlineData(Calendar.MaxMicrosecond, Calendar.MaxDay)]
    public void DayOf_WhenBeforeOrAfter1970_ThenTheDayItFallsIn(long microseconds, long day) =>
        Assert.Equal(day, Calendar.DayOf(microseconds));
}
