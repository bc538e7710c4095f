using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

public sealed class GroupedKpiTests
{
    // 17 digits squared are 34; fifty thousand of them pass 128 bits, which a product of four of them does at once.
    private const long Big = 99_999_999_999_999_999;

    private static readonly string[] AllAggregates =
        ["count(*)", "count(price)", "count(distinct price)", "sum(price)", "avg(price)", "min(price)", "max(region)", "stddev(price)", "median(price)", "min(day)"];

    [Fact]
    public void Results_WhenThereIsNoRow_ThenSumsAreZeroAndAveragesNull()
    {
        KpiDefinition kpi = Engine.Kpi([.. AllAggregates.Select((text, i) => Engine.Named($"m{i}", text))]);

        Assert.Equal("0 | 0 | 0 | 0.00 | null | null | null | null | null | null", Engine.Show(Engine.Run(kpi, [])));
        Assert.Equal("", Engine.Show(Engine.Run(kpi with { GroupBy = [Engine.Named("region", "region")] }, [])));
        Assert.Equal("0 | 0 | 0 | 0.00 | null | null | null | null | null | null", Engine.Show(Engine.Run(kpi with { Where = ExpressionParser.Parse("id > 1") }, [Sample.Of(1, "a", cents: 5)])));
    }

    [Fact]
    public void Results_WhenAQuotientDeclaresNoScale_ThenItIsRoundedHalfToEvenToSixDigits()
    {
        KpiDefinition kpi = Engine.Kpi(
            Engine.Named("mean", "avg(quantity)"), Engine.Named("rate", "sum(quantity) / count(*)"), Engine.Named("more", "avg(quantity) + 1"), Engine.Named("spread", "stddev(quantity)"));

        Assert.Equal("0.666667 | 0.666667 | 1.666667 | 0.577350", Engine.Show(Engine.Run(
            kpi, [Sample.Of(1, quantity: 1), Sample.Of(2, quantity: 1), Sample.Of(3, quantity: 0)])));
    }

    [Fact]
    public void Results_WhenAllValuesAreNull_ThenAreAsForNone()
    {
        KpiDefinition kpi = Engine.Kpi([.. AllAggregates.Select((text, i) => Engine.Named($"m{i}", text))]);

        Assert.Equal("2 | 0 | 0 | 0.00 | null | null | null | null | null | null", Engine.Show(Engine.Run(kpi, [Sample.Of(1), Sample.Of(2)])));
    }

    [Theory]
    [InlineData("region")]
    [InlineData("quantity")]
    [InlineData("region,quantity")]
    [InlineData("day,region")]
    public void Results_WhenKeysAreNull_ThenTheyAreAGroupOfTheirOwn(string keys)
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [.. keys.Split(',').Select(key => Engine.Named(key, key))] };

        string nulls = string.Join(" | ", keys.Split(',').Select(_ => "null"));
        Assert.Equal($"{nulls} | 3", Engine.Show(Engine.Run(kpi, [Sample.Of(1), Sample.Of(2), Sample.Of(3)], 2)));
    }

    [Fact]
    public void Results_WhenAKeyIsZeroOrEmpty_ThenItIsNotTheGroupOfNull()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [Engine.Named("region", "region"), Engine.Named("quantity", "quantity")] };

        Assert.Equal(
            " | 0 | 2\n | null | 1\nnull | 0 | 1\nnull | null | 1",
            Engine.Show(Engine.Run(kpi, [Sample.Of(1), Sample.Of(2, "", 0), Sample.Of(3, null, 0), Sample.Of(4, ""), Sample.Of(5, "", 0)])));
    }

    [Theory]
    [InlineData("1.00", "2.00", "1.50000000", "0.707107")]
    [InlineData("5.00", "5.00", "5.00000000", "0.000000")]
    [InlineData("-1.00", "1.01", "0.00500000", "1.421285")]
    public void Results_WhenThereAreTwoValues_ThenMedianAndDeviationAreThese(string first, string second, string median, string deviation)
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("median", "median(price)"), Engine.Named("deviation", "stddev(price)"));
        Row[] rows = [Sample.Of(1, cents: Cents(first)), Sample.Of(2, cents: Cents(second)), Sample.Of(3)];

        Assert.Equal($"{median} | {deviation}", Engine.Show(Engine.Run(kpi, rows)));
    }

    [Fact]
    public void Results_WhenThereAreMoreValues_ThenMedianAndDeviationAreThese()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("median", "median(quantity)"), Engine.Named("deviation", "stddev(quantity)"), Engine.Named("rounded", "stddev(quantity)", 2));
        Row[] Quantities(params long[] values) => [.. values.Select((value, i) => Sample.Of(i, quantity: value))];

        Assert.Equal("3.000000 | null | null", Engine.Show(Engine.Run(kpi, Quantities(3))));
        Assert.Equal("4.500000 | 2.138090 | 2.14", Engine.Show(Engine.Run(kpi, Quantities(9, 2, 4, 4, 5, 4, 7, 5))));
        Assert.Equal("1.000000 | 57.157677 | 57.16", Engine.Show(Engine.Run(kpi, Quantities(1, 1, 100))));
    }

    [Fact]
    public void Results_WhenAMeasureIsRounded_ThenItIsOnceAndHalfToEven()
    {
        KpiDefinition kpi = Engine.Kpi(
            Engine.Named("cents", "sum(rate)", 2), Engine.Named("twice", "sum(rate) * 2", 2), Engine.Named("third", "sum(quantity) / 3", 2), Engine.Named("whole", "avg(quantity)", 0));

        Assert.Equal("0.12 | 0.25 | 0.67 | 2", Engine.Show(Engine.Run(kpi, [Sample.Of(1, rate: 1000, quantity: 2), Sample.Of(2, rate: 250)])));
        Assert.Equal("0.14 | 0.27 | 1.67 | 2", Engine.Show(Engine.Run(kpi, [Sample.Of(1, rate: 1000, quantity: 3), Sample.Of(2, rate: 350, quantity: 2)])));
        Assert.Equal("0.13 | 0.25 | -0.67 | -2", Engine.Show(Engine.Run(kpi, [Sample.Of(1, rate: 1251, quantity: -2)])));
    }

    [Fact]
    public void Results_WhenColumnsRunOverTheRows_ThenTheyFollowTheDeclaredOrder()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("revenue", "sum(price)")) with
        {
            GroupBy = [Engine.Named("region", "region")],
            Derive =
            [
                Engine.Named("place", "rank()"), Engine.Named("share", "share(revenue)", 4), Engine.Named("before", "previous(revenue)"),
                Engine.Named("growth", "growth(revenue)", 3), Engine.Named("so_far", "running(revenue)"), Engine.Named("percent", "share * 100", 1),
            ],
            OrderBy = [new OrderTerm("revenue", true)],
        };
        Row[] rows = [Sample.Of(1, "a", cents: 100), Sample.Of(2, "b", cents: 300), Sample.Of(3, "c", cents: 100), Sample.Of(4, null, cents: 0), Sample.Of(5, "b", cents: 100)];

        Assert.Equal(
            """
            b | 4.00 | 1 | 0.6667 | null | null | 4.00 | 66.7
            a | 1.00 | 2 | 0.1667 | 4.00 | -0.750 | 5.00 | 16.7
            c | 1.00 | 3 | 0.1667 | 1.00 | 0.000 | 6.00 | 16.7
            null | 0.00 | 4 | 0.0000 | 1.00 | -1.000 | 6.00 | 0.0
            """,
            Engine.Show(Engine.Run(kpi, rows)));
        Assert.Equal("b | 4.00 | 1 | 0.6667 | null | null | 4.00 | 66.7", Engine.Show(Engine.Run(kpi with { Limit = 1 }, rows)));
    }

    [Theory]
    [InlineData(false, "a | 1.00\nb | 2.00\nc | 2.00\nd | null\ne | null")]
    [InlineData(true, "b | 2.00\nc | 2.00\na | 1.00\nd | null\ne | null")]
    public void Results_WhenOrdered_ThenNullsAreLastAndTiesGoByKeys(bool descending, string expected)
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("top", "max(price)")) with { GroupBy = [Engine.Named("region", "region")], OrderBy = [new OrderTerm("top", descending)] };

        Assert.Equal(expected, Engine.Show(Engine.Run(
            kpi, [Sample.Of(1, "c", cents: 200), Sample.Of(2, "e"), Sample.Of(3, "b", cents: 200), Sample.Of(4, "d"), Sample.Of(5, "a", cents: 100)])));
    }

    [Theory]
    [InlineData("sum(big * big * 100000)")]
    [InlineData("avg(big * big * 100000)")]
    [InlineData("sum(big * big) * 1000000")]
    [InlineData("stddev(big * big)")]
    [InlineData("median(big * big)")]
    [InlineData("sum(big * big * big)")]
    public void Results_WhenAValueNeedsMoreThan128Bits_ThenTheErrorNamesTheKpi(string measure)
    {
        Row[] rows = [.. Enumerable.Range(0, 20).Select(i => Sample.Of(i, big: i % 2 == 0 || !measure.StartsWith("std", StringComparison.Ordinal) ? Big : 1))];

        var error = Assert.Throws<MeasureException>(() => Engine.Run(Engine.Kpi(Engine.Named("m", measure)) with { Name = "revenue" }, rows));

        Assert.Equal("revenue", error.Kpi);
        Assert.StartsWith("KPI `revenue`: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("needs more than 128 bits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhenSumsOfWorkersTogetherOverflow_ThenTheErrorNamesTheKpi()
    {
        KpiPlan plan = KpiPlan.Create(Engine.Kpi(Engine.Named("m", "sum(big * big * 10000)")), Sample.Schema);
        var run = new MeasureRun([plan]);
        MeasureWorker[] workers = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var texts = new TextPool();
            var batch = new RowBatch(Sample.Schema, texts, 2);
            MeasureWorker worker = run.StartWorker(1, texts, 2);
            Sample.Fill(batch, [Sample.Of(1, big: Big)], new Random(1));
            worker.Add(batch);
            return worker;
        })];

        Assert.Equal("KPI `k`: a sum needs more than 128 bits", Assert.Throws<MeasureException>(() => run.EndPass(workers)).Message);
    }

    [Fact]
    public void Results_WhenASmallValueTipsALargeSumOver_ThenIsAnErrorAndNoWrappedSum()
    {
        // 2^127 - 1 = 10^38 + 70141183460469231731687303715884105727, reached by wide values; one more is too much.
        KpiDefinition kpi = Engine.Kpi(Engine.Named(
            "m",
            "sum(case when id = 0 then 99999999999999999999999999999999999999 when id = 1 then 70141183460469231731687303715884105728 else quantity end)"));
        Row[] rows = [Sample.Of(0), Sample.Of(1), Sample.Of(2, quantity: 1)];

        Assert.Equal("170141183460469231731687303715884105727", Engine.Show(Engine.Run(kpi, rows[..2], 1)));
        Assert.Throws<MeasureException>(() => Engine.Run(kpi, rows, 1));
        Assert.Throws<MeasureException>(() => Engine.Run(kpi, rows, 3));
    }

    [Fact]
    public void Results_WhenRowsThatAreLeftOutAreTooLarge_ThenTheyDoNotCount()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("m", "sum(big * big * 10000)")) with { Where = ExpressionParser.Parse("quantity = 1") };

        Assert.Equal("10000", Engine.Show(Engine.Run(kpi, [Sample.Of(1, big: Big, quantity: 0), Sample.Of(2, big: Big), Sample.Of(3, big: 1, quantity: 1)])));
    }

    [Fact]
    public void Results_WhenAKeyNeedsMoreThan64Bits_ThenIsAnErrorThatNamesTheKpi()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [Engine.Named("square", "big * big")] };

        Assert.Equal("9 | 1", Engine.Show(Engine.Run(kpi, [Sample.Of(1, big: 3)])));
        Assert.Equal("k", Assert.Throws<MeasureException>(() => Engine.Run(kpi, [Sample.Of(1, big: Big)])).Kpi);
    }

    private static long Cents(string text) => (long)(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * 100);
}
