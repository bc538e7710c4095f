using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>KPIs that look at the last rows only.</summary>
public sealed class WindowTests
{
    private static readonly DateTime AsOf = new(2024, 3, 31, 12, 0, 0);

    [Theory]
    [InlineData(30, LastUnit.Day, "2024-03-01 12:00:00")]
    [InlineData(1, LastUnit.Month, "2024-02-29 12:00:00")]
    [InlineData(13, LastUnit.Month, "2023-02-28 12:00:00")]
    [InlineData(2, LastUnit.Week, "2024-03-17 12:00:00")]
    [InlineData(36, LastUnit.Hour, "2024-03-30 00:00:00")]
    public void Window_WhenOfTimestamps_ThenBeginsAfterItsStartAndEndsWithAsOf(int count, LastUnit unit, string start)
    {
        DateTime after = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        TimeSpan tick = TimeSpan.FromMicroseconds(1);
        DateTime?[] moments = [after - tick, after, after + tick, AsOf - tick, AsOf, AsOf + tick, null];
        Row[] rows = [.. moments.Select((moment, i) => At(i, moment))];

        Assert.Equal("2 | 3 | 4", Engine.Show(Engine.Run(Kpi(count, unit), rows, Inputs(), 2, new Random(1))).Replace('\n', ' '));
    }

    [Fact]
    public void Window_WhenOfDates_ThenCountsDays()
    {
        KpiDefinition kpi = Kpi(2, LastUnit.Day) with { Last = new LastWindow(2, LastUnit.Day, "day") };
        Row[] rows = [.. Enumerable.Range(27, 5).Select(day => Sample.Of(day, day: new DateOnly(2024, 3, day)))];
        var inputs = new MeasureInputs { AsOf = new Dictionary<string, long> { ["k"] = new DateOnly(2024, 3, 30).DayNumber - new DateOnly(1970, 1, 1).DayNumber } };

        Assert.Equal("29 | 30 | null", Engine.Show(Engine.Run(kpi, rows, inputs, 1, new Random(1))));
    }

    [Fact]
    public void Window_WhenItWouldBeginBeforeTheCalendar_ThenBeginsWithIt() =>
        Assert.Equal("0 | null | null", Engine.Show(Engine.Run(Kpi(100_000, LastUnit.Month), [At(0, DateTime.MinValue)], Inputs(), 1, new Random(1))));

    [Fact]
    public void Window_WhenAsOfIsNotGiven_ThenIsEmptyWithoutValuesAndRefusedWithSome()
    {
        Assert.Equal("null | null | null", Engine.Show(Engine.Run(Kpi(1, LastUnit.Day), [At(0, null)], new MeasureInputs(), 1, new Random(1))));

        var error = Assert.Throws<MeasureException>(() => Engine.Run(Kpi(1, LastUnit.Day), [At(0, AsOf)], new MeasureInputs(), 1, new Random(1)));
        Assert.Equal("KPI `k`: it looks at the last rows, and was not told as of when", error.Message);
    }

    [Fact]
    public void Window_WhenRowsAreScored_ThenStatisticsAndScoresAreOfItsRows()
    {
        KpiDefinition kpi = new()
        {
            Name = "k",
            Title = "K",
            From = "t",
            Last = new LastWindow(30, LastUnit.Day, "sold"),
            Columns = [Engine.Named("id", "id")],
            Limit = 5,
            Score = new ScoreDefinition
            {
                ScoreColumn = "points",
                ReasonsColumn = "why",
                Minimum = 1,
                Total = "flagged",
                Rules = [new ScoreRule(ExpressionParser.Parse("id > avg(id)"), 1, new ReasonTemplate([new ReasonPart("high")]))],
            },
        };
        Row[] rows = [At(100, AsOf.AddDays(-60)), At(1, AsOf), At(2, AsOf), At(9, AsOf), At(200, AsOf.AddDays(1))];

        KpiResult result = Engine.Run(kpi, rows, Inputs(), 2, new Random(1));

        Assert.Equal("9 | 1 | high", Engine.Show(result));
        Assert.Equal(1, result.Flagged());
    }

    [Theory]
    [InlineData("nope", LastUnit.Day, "`last` of `k` names no column of its table: `nope`")]
    [InlineData("price", LastUnit.Day, "`last` of `k` cannot be of `price`, which is decimal(12,2)")]
    [InlineData("day", LastUnit.Hour, "`last` of `k` cannot be hours of `day`, which is date")]
    public void Create_WhenTheColumnIsWrong_ThenSaysSo(string column, LastUnit unit, string message) =>
        Assert.Equal(message, Assert.Throws<KpiException>(() => KpiPlan.Create(Kpi(1, unit) with { Last = new LastWindow(1, unit, column) }, Sample.Schema)).Message);

    /// <summary>The ids of the rows in the window: least, middle, greatest.</summary>
    private static KpiDefinition Kpi(int count, LastUnit unit) => Engine.Kpi(
        Engine.Named("least", "min(id)"), Engine.Named("middle", "case when count(*) > 2 then median(id) when count(*) = 2 then max(id) end", 0), Engine.Named("most", "case when count(*) > 2 then max(id) end"))
        with
    { Last = new LastWindow(count, unit, "sold") };

    private static MeasureInputs Inputs() => new()
    {
        AsOf = new Dictionary<string, long> { ["k"] = (AsOf - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond },
    };

    private static Row At(int id, DateTime? moment) =>
        Sample.Of(Sample.Schema, [.. Sample.Schema.Columns.Select(column => column.Name switch { "id" => (object?)Number.Of(id), "sold" => moment, _ => null })]);
}
