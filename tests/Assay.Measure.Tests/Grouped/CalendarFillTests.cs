using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

public sealed class CalendarFillTests
{
    private static readonly KpiDefinition ByMonth = Engine.Kpi(
        Engine.Named("n", "count(*)"), Engine.Named("sum", "sum(price)"), Engine.Named("mean", "avg(price)", 2), Engine.Named("most", "max(region)"), Engine.Named("kinds", "count(distinct region)")) with
    {
        GroupBy = [Engine.Named("month", "year_month(day)")],
        Derive = [Engine.Named("growth", "growth(sum)", 2)],
        Fill = FillUnit.Month,
    };

    [Fact]
    public void Fill_WhenMonthsHaveNoRows_ThenTheyAreThereWithZerosAndGrowthFromZeroIsNull()
    {
        Row[] rows =
        [
            On(2024, 2, 3, 100, "a"), On(2023, 11, 30, 200, "b"), On(2023, 11, 1, 300, "b"), On(2024, 3, 1, 150, "c"), Sample.Of(9, "z", cents: 7),
        ];

        Assert.Equal(
            """
            2023-11 | 2 | 5.00 | 2.50 | b | 1 | null
            2023-12 | 0 | 0.00 | null | null | 0 | -1.00
            2024-01 | 0 | 0.00 | null | null | 0 | null
            2024-02 | 1 | 1.00 | 1.00 | a | 1 | null
            2024-03 | 1 | 1.50 | 1.50 | c | 1 | 0.50
            null | 1 | 0.07 | 0.07 | z | 1 | -0.95
            """.ReplaceLineEndings("\n"),
            Engine.Show(Engine.Run(ByMonth, rows, 2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fill_WhenThereIsOneMonthOrNone_ThenAddsNothing(int rows) =>
        Assert.Equal(rows, Engine.Run(ByMonth, [.. Enumerable.Range(0, rows).Select(_ => On(2024, 1, 1, 1, "a"))]).Table.Rows.Count);

    [Fact]
    public void Fill_WhenHavingAsksForRows_ThenTheEmptyMonthsAreLeftOut() =>
        Assert.Equal(2, Engine.Run(
            ByMonth with { Having = Assay.Data.ExpressionParser.Parse("n > 0") }, [On(2024, 1, 1, 1, "a"), On(2025, 1, 1, 1, "a")]).Table.Rows.Count);

    [Fact]
    public void Fill_WhenDaysOfALeapYear_ThenEachIsThere()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [Engine.Named("day", "day")], Fill = FillUnit.Day };

        string[] lines = Engine.Show(Engine.Run(kpi, [On(2024, 3, 1, 1, "a"), On(2023, 12, 31, 1, "a"), On(2024, 3, 1, 1, "a")])).Split('\n');

        Assert.Equal(62, lines.Length);
        Assert.Equal(("2023-12-31 | 1", "2024-01-01 | 0", "2024-02-29 | 0", "2024-03-01 | 2"), (lines[0], lines[1], lines[60], lines[61]));
    }

    [Fact]
    public void Fill_WhenSharedOutOverWorkers_ThenTheRowsAreThoseOfEveryMonth()
    {
        for (int round = 0; round < 60; round++)
        {
            var random = new Random(round);
            List<Row> rows = Sample.Rows(random, random.Next(60));
            KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)"), Engine.Named("sum", "sum(price)")) with
            {
                GroupBy = [Engine.Named("month", "year_month(day)")],
                Fill = FillUnit.Month,
            };

            var expected = new List<string>();
            DateOnly[] days = [.. rows.Select(row => row["day"]).OfType<DateOnly>().Select(day => new DateOnly(day.Year, day.Month, 1))];
            for (DateOnly month = days.DefaultIfEmpty(DateOnly.MaxValue).Min(); days.Length > 0 && month <= days.Max(); month = month.AddMonths(1))
            {
                expected.Add(Line($"{month:yyyy-MM}", rows.Where(row => row["day"] is DateOnly day && day.Year == month.Year && day.Month == month.Month)));
            }

            if (rows.Exists(row => row["day"] is null))
            {
                expected.Add(Line("null", rows.Where(row => row["day"] is null)));
            }

            Assert.Equal(string.Join('\n', expected), Engine.Show(Engine.Run(kpi, rows, new MeasureInputs(), random.Next(1, 4), random)));
        }

        static string Line(string key, IEnumerable<Row> rows) =>
            $"{key} | {rows.Count()} | {Assay.Data.Decimals.Format((Int128)Aggregates.Sum(rows.Select(row => row["price"]), 2).Units, 2)}";
    }

    [Fact]
    public void Fill_WhenADayLiesMillionsAway_ThenTheRunSaysSoRatherThanFillingTheMemory()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [Engine.Named("day", "day")], Fill = FillUnit.Day };

        var error = Assert.Throws<MeasureException>(() => Engine.Run(kpi, [On(1, 1, 1, 1, "a"), On(9999, 12, 31, 1, "a")]));

        Assert.StartsWith("KPI `k`: filling the gaps would make 3652059 groups", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-13")]
    [InlineData("2024-1")]
    [InlineData("20x4-01")]
    [InlineData("2024/01")]
    public void Fill_WhenATextIsNoMonth_ThenTheRunSaysSo(string text)
    {
        KpiDefinition kpi = ByMonth with { GroupBy = [Engine.Named("month", "region")] };

        Assert.Contains("`" + text + "`", Assert.Throws<MeasureException>(() => Engine.Run(kpi, [Sample.Of(1, text)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FillUnit.Month, "year_month(day);region", "`fill` of `k` needs one group key, and there are 2")]
    [InlineData(FillUnit.Month, "", "`fill` of `k` needs one group key, and there are 0")]
    [InlineData(FillUnit.Month, "day", "`fill` of `k` cannot tell what comes between two values of `g0`")]
    [InlineData(FillUnit.Month, "year_quarter(day)", "`fill` of `k` cannot tell what comes between two values of `g0`")]
    [InlineData(FillUnit.Day, "year_month(day)", "`fill` of `k` cannot tell what comes between two values of `g0`")]
    [InlineData(FillUnit.Day, "sold", "`fill` of `k` cannot tell what comes between two values of `g0`")]
    public void Create_WhenThereIsNoCalendar_ThenSaysSo(FillUnit unit, string keys, string message)
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with
        {
            GroupBy = [.. keys.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((key, i) => Engine.Named($"g{i}", key))],
            Fill = unit,
        };

        Assert.Equal(message, Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema)).Message);
    }

    private static Row On(int year, int month, int day, long cents, string region) => Sample.Of(1, region, cents: cents, day: new DateOnly(year, month, day));
}
