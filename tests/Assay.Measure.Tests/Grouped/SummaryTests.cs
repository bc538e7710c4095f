using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

public sealed class SummaryTests
{
    private static readonly MeasureInputs Tables = new() { TableRows = new Dictionary<string, long> { ["customers"] = 20 } };

    private static readonly KpiDefinition ByRegion = Engine.Kpi(Engine.Named("revenue", "sum(price)"), Engine.Named("n", "count(*)"), Engine.Named("mean", "avg(price)", 1)) with
    {
        GroupBy = [Engine.Named("region", "region")],
        Derive = [Engine.Named("growth", "growth(revenue)")],
        OrderBy = [new OrderTerm("revenue", true)],
    };

    private static readonly Row[] Rows =
    [
        Sample.Of(1, "a", cents: 100), Sample.Of(2, "a", cents: 205), Sample.Of(3, "b", cents: 50), Sample.Of(4, "c", cents: 61), Sample.Of(5, "c", cents: 61), Sample.Of(6, "d"),
    ];

    [Theory]
    [InlineData("count(*)", "4")]
    [InlineData("count(mean)", "3")]
    [InlineData("count(distinct n)", "2")]
    [InlineData("sum(n)", "6")]
    [InlineData("sum(revenue)", "4.77")]
    [InlineData("avg(revenue)", "1.192500")]
    [InlineData("min(mean)", "0.5")]
    [InlineData("max(mean) - min(mean)", "1.0")]
    [InlineData("avg(mean)", "0.878333")]
    [InlineData("first(region)", "a")]
    [InlineData("last(region)", "d")]
    [InlineData("first(revenue) + last(n)", "4.05")]
    [InlineData("last(mean)", "null")]
    [InlineData("first(growth)", "null")]
    [InlineData("median(n)", "1.500000")]
    [InlineData("sum(case when n > 1 then revenue else 0 end) / sum(revenue)", "0.895178")]
    [InlineData("count(*) / count(customers)", "0.200000")]
    [InlineData("first(region) = 'a' and count(*) > 3", "true")]
    [InlineData("1 + 1", "2")]
    public void Summary_WhenComputed_ThenIsOverAllRowsOfTheResult(string text, string expected)
    {
        KpiDefinition kpi = ByRegion with { Limit = 1, Summary = [Engine.Named("x", text)] };

        KpiResult result = Engine.Run(kpi, Rows, Tables, 2, new Random(1));

        Assert.Equal("x " + expected, Engine.ShowTotals(result.Totals));
        Assert.Equal("a | 3.05 | 2 | 1.5 | null", Engine.Show(result));
    }

    [Fact]
    public void Summary_WhenAnEntryUsesOthers_ThenItIsExactUntilItsOwnRounding()
    {
        KpiDefinition kpi = ByRegion with
        {
            Having = ExpressionParser.Parse("n > 1"),
            Summary =
            [
                Engine.Named("total_repeat", "count(*)"), Engine.Named("total", "count(customers)"), Engine.Named("rate", "total_repeat / total", 2),
                Engine.Named("third", "total / 3", 0), Engine.Named("whole", "third * 3"),
            ],
        };

        KpiResult result = Engine.Run(kpi, Rows, Tables, 2, new Random(1));

        Assert.Equal("total_repeat 2, total 20, rate 0.10, third 7, whole 20.000000", Engine.ShowTotals(result.Totals));
        Assert.Equal(["total_repeat", "total", "rate", "third", "whole"], KpiPlan.Create(kpi, Sample.Schema).Summary.Columns.Select(column => column.Name));
        Assert.Equal(["customers"], KpiPlan.Create(kpi, Sample.Schema).CountedTables);
    }

    [Fact]
    public void Summary_WhenThereIsNoRow_ThenCountsAreZeroAndTheRestNull()
    {
        KpiDefinition kpi = ByRegion with
        {
            Summary = [Engine.Named("n", "count(*)"), Engine.Named("s", "sum(revenue)"), Engine.Named("a", "avg(growth)"), Engine.Named("f", "first(region)"), Engine.Named("l", "last(n)")],
        };

        Assert.Equal("n 0, s 0.00, a null, f null, l null", Engine.ShowTotals(Engine.Run(kpi, []).Totals));
    }

    [Fact]
    public void Summary_WhenRowsTieInWhatIsShown_ThenDoesNotDependOnHowTheyAreSharedOut()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with
        {
            GroupBy = [Engine.Named("rate", "rate", 0)],
            Summary = [Engine.Named("f", "first(rate * 10000)", 0), Engine.Named("l", "last(rate * 10000)", 0)],
        };
        Row[] rows = [.. Enumerable.Range(1, 200).Select(i => Sample.Of(i, rate: i))];

        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal("f 1, l 200", Engine.ShowTotals(Engine.Run(kpi, rows, new MeasureInputs(), 3, new Random(seed)).Totals));
        }
    }

    [Fact]
    public void Summary_WhenSharedOutOverWorkers_ThenIsWhatTheRowsAddUpTo()
    {
        for (int round = 0; round < 100; round++)
        {
            var random = new Random(round);
            List<Row> rows = Sample.Rows(random, random.Next(200));
            KpiDefinition kpi = Engine.Kpi(Engine.Named("s", "sum(price)"), Engine.Named("m", "max(quantity)")) with
            {
                GroupBy = [Engine.Named("product", "product")],
                Having = random.Next(2) == 0 ? ExpressionParser.Parse("m > 1 or count(*) > 2") : null,
                OrderBy = [new OrderTerm("m", random.Next(2) == 0)],
            };
            KpiResult plain = Engine.Run(kpi with { Having = null }, rows);
            object?[][] kept = [.. plain.Table.Rows.Where(row => kpi.Having is null
                || row[2] is Int128 most && most > 1
                || rows.Count(one => (string?)one["product"] == (string?)row[0]) > 2)];
            object?[] Column(int column, int scale) => [.. kept.Select(row => row[column] is Int128 units ? (object?)new Number(units, scale) : null)];
            string Text(object? value, int scale) => value is Number number ? Decimals.Format((Int128)number.Round(scale).Units, scale) : "null";

            kpi = kpi with
            {
                Limit = 3,
                Summary =
                [
                    Engine.Named("rows", "count(*)"), Engine.Named("sum", "sum(s)"), Engine.Named("mean", "avg(s)"), Engine.Named("dev", "stddev(s)"), Engine.Named("middle", "median(m)"),
                    Engine.Named("head", "first(product)"), Engine.Named("tail", "last(m)"), Engine.Named("least", "min(m)"),
                ],
            };
            string expected = $"rows {kept.Length}, sum {Text(Aggregates.Sum(Column(1, 2), 2), 2)}, "
                + $"mean {Text(Number.Quotient(Aggregates.Sum(Column(1, 2), 2), Aggregates.Count(Column(1, 2))), 6)}, dev {Text(Aggregates.Deviation(Column(1, 2), 2), 6)}, "
                + $"middle {Text(Aggregates.Median(Column(2, 0), 0), 6)}, head {kept.FirstOrDefault()?[0] ?? "null"}, tail {Text(Column(2, 0).LastOrDefault(), 0)}, "
                + $"least {Text(Aggregates.Extreme(Column(2, 0), greatest: false), 0)}";

            KpiResult result = Engine.Run(kpi, rows, new MeasureInputs(), random.Next(1, 4), random);

            Assert.Equal(expected, Engine.ShowTotals(result.Totals));
            Assert.Equal(Values.Show(result.Table.Schema, kept.Take(3)), Engine.Show(result));
        }
    }

    [Fact]
    public void Run_WhenATablesRowsAreNotGiven_ThenSaysSo() =>
        Assert.Equal(
            "KPI `k`: its summary counts the rows of `stores`, which were not given",
            Assert.Throws<MeasureException>(() => Engine.Run(ByRegion with { Summary = [Engine.Named("x", "count(stores)")] }, Rows, Tables, 1, new Random(1))).Message);

    [Theory]
    [InlineData("revenue", "there is no column `revenue`")]
    [InlineData("sum(nope)", "there is no column `nope`")]
    [InlineData("first(*)", "`first` takes one argument")]
    [InlineData("sum(region)", "`sum` takes a number, not string")]
    [InlineData("share(revenue)", "`share` is only allowed in what is derived after aggregation")]
    public void Create_WhenAnEntryIsWrong_ThenTheErrorHoldsItsExpression(string text, string message)
    {
        NamedExpression entry = Engine.Named("x", text);

        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(ByRegion with { Summary = [entry] }, Sample.Schema));

        Assert.Equal(message, error.Message);
        Assert.Same(entry.Value, error.Expression);
    }

    [Fact]
    public void Create_WhenTotalsShareAName_ThenSaysSo()
    {
        Assert.Equal(
            "`k` has two totals named `x`",
            Assert.Throws<KpiException>(() => KpiPlan.Create(ByRegion with { Summary = [Engine.Named("x", "1"), Engine.Named("x", "2")] }, Sample.Schema)).Message);
        Assert.Equal(
            "a total of `k` has the KPI's own name, which is that of its rows",
            Assert.Throws<KpiException>(() => KpiPlan.Create(ByRegion with { Summary = [Engine.Named("k", "1")] }, Sample.Schema)).Message);
        Assert.Equal(
            "`first` is only allowed in a KPI's summary",
            Assert.Throws<KpiException>(() => KpiPlan.Create(Engine.Kpi(Engine.Named("x", "first(price)")), Sample.Schema)).Message);
    }
}
