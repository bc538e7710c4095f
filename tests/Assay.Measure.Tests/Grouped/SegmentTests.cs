using System.Numerics;
using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

public sealed class SegmentTests
{
    private static readonly KpiDefinition ByRegion = Engine.Kpi(Engine.Named("spent", "sum(price)")) with
    {
        GroupBy = [Engine.Named("region", "region")],
        OrderBy = [new OrderTerm("spent", true)],
    };

    private static readonly SegmentDefinition Quantiles = new()
    {
        Column = "segment",
        Of = "spent",
        AreQuantiles = true,
        Levels = [new SegmentLevel("VIP", 8, 1), new SegmentLevel("Regular", 5, 1), new SegmentLevel("Occasional", 20, 2), new SegmentLevel("New", 0, 0)],
        Total = "segments",
    };

    private static readonly SegmentDefinition Minimums = new()
    {
        Column = "segment",
        Of = "spent",
        Levels = [new SegmentLevel("Regular", 100, 0), new SegmentLevel("VIP", 800, 0), new SegmentLevel("High Value", 5005, 1)],
        Total = "customer_segments",
        ThresholdName = "min_spend",
    };

    [Fact]
    public void Segments_WhenMinimumsAreFixed_ThenAGroupHasTheGreatestItReaches()
    {
        KpiDefinition kpi = ByRegion with { Segments = Minimums, Limit = 4 };
        Row[] rows = [.. new[] { 80_000L, 79_999, 50_050, 50_049, 10_000, 9_999 }.Select((cents, i) => Sample.Of(i, $"r{i}", cents: cents))];

        KpiResult result = Engine.Run(kpi, rows);

        Assert.Equal("r0 | 800.00 | VIP\nr1 | 799.99 | High Value\nr2 | 500.50 | High Value\nr3 | 500.49 | Regular", Engine.Show(result));
        Assert.Equal(
            "customer_segments {Regular {count 2, min_spend 100}, VIP {count 1, min_spend 800}, High Value {count 2, min_spend 500.5}}",
            Engine.ShowTotals(result.Totals));
        Assert.Same(result.Totals, result.Table.Totals);
    }

    [Fact]
    public void Segments_WhenAGroupReachesNone_ThenIsNullOrOtherwise()
    {
        Row[] rows = [Sample.Of(1, "a", cents: 9_999), Sample.Of(2, "b", cents: 10_000), Sample.Of(3, "c")];
        KpiDefinition kpi = ByRegion with { Measures = [Engine.Named("spent", "max(price)")], Segments = Minimums };

        Assert.Equal("b | 100.00 | Regular\na | 99.99 | null\nc | null | null", Engine.Show(Engine.Run(kpi, rows)));

        KpiResult other = Engine.Run(kpi with { Segments = Minimums with { Otherwise = "Other" } }, rows);
        Assert.Equal("b | 100.00 | Regular\na | 99.99 | Other\nc | null | Other", Engine.Show(other));
        Assert.EndsWith("Other {count 2, min_spend null}}", Engine.ShowTotals(other.Totals), StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_WhenThereIsNoGroup_ThenQuantilesAreNull() =>
        Assert.Equal(
            "segments {VIP {count 0, minimum null}, Regular {count 0, minimum null}, Occasional {count 0, minimum null}, New {count 0, minimum null}}",
            Engine.ShowTotals(Engine.Run(ByRegion with { Segments = Quantiles }, []).Totals));

    [Fact]
    public void Segments_WhenThereIsOneGroup_ThenItIsInTheFirst() =>
        Assert.Equal("a | 0.05 | VIP", Engine.Show(Engine.Run(ByRegion with { Segments = Quantiles }, [Sample.Of(1, "a", cents: 5)])));

    [Fact]
    public void Segments_WhenNoTotalIsNamed_ThenTheTableIsPlain() =>
        Assert.Empty(Engine.Run(ByRegion with { Segments = Quantiles with { Total = null } }, [Sample.Of(1, "a", cents: 5)]).Table.Totals);

    [Fact]
    public void Segments_WhenTheRowsAreOrderedByThem_ThenTheyAre()
    {
        KpiDefinition kpi = ByRegion with { Segments = Minimums, OrderBy = [new OrderTerm("segment", false), new OrderTerm("region", true)] };
        Row[] rows = [Sample.Of(1, "a", cents: 90_000), Sample.Of(2, "b", cents: 20_000), Sample.Of(3, "c", cents: 20_000)];

        Assert.Equal("c | 200.00 | Regular\nb | 200.00 | Regular\na | 900.00 | VIP", Engine.Show(Engine.Run(kpi, rows)));
    }

    [Fact]
    public void Segments_WhenQuantilesAreInterpolated_ThenAreThoseOfTheDefinition()
    {
        for (int round = 0; round < 200; round++)
        {
            var random = new Random(round);
            List<Row> rows = Sample.Rows(random, random.Next(120));
            int scale = random.Next(4);
            KpiDefinition kpi = ByRegion with
            {
                GroupBy = [Engine.Named("product", "product")],
                Measures = [Engine.Named("spent", random.Next(2) == 0 ? "sum(price)" : "avg(rate)", scale)],
                Having = random.Next(2) == 0 ? ExpressionParser.Parse("count(*) > 1") : null,
                Segments = Quantiles with { Otherwise = random.Next(2) == 0 ? "Other" : null },
            };
            KpiResult plain = Engine.Run(kpi with { Segments = null }, rows);
            BigInteger?[] values = [.. plain.Table.Rows.Select(row => row[1] is Int128 units ? (BigInteger?)units : null)];
            BigInteger[] sorted = [.. values.OfType<BigInteger>().Order()];

            // In hundredths, so that a position such as 0.2 · (n - 1) is whole.
            (string Name, int Percent)[] levels = [("VIP", 80), ("Regular", 50), ("Occasional", 20), ("New", 0)];
            BigInteger?[] thresholds = [.. levels.Select(level => Quantile(sorted, level.Percent))];
            string?[] segments = [.. values.Select(value => levels.Where((_, i) => value >= thresholds[i]).Select(level => level.Name).FirstOrDefault(kpi.Segments.Otherwise))];

            KpiResult result = Engine.Run(kpi, rows, new MeasureInputs(), random.Next(1, 4), random);

            Assert.Equal(segments, result.Table.Rows.Select(row => (string?)row[2]));
            Assert.Equal(plain.Table.Rows.Select(row => (row[0], row[1])), result.Table.Rows.Select(row => (row[0], row[1])));
            IReadOnlyList<ResultTotal> totals = Assert.Single(result.Totals).Members!;
            for (int i = 0; i < levels.Length; i++)
            {
                Assert.Equal((levels[i].Name, (Int128)segments.Count(segment => segment == levels[i].Name)), (totals[i].Name, (Int128)totals[i].Members![0].Value!));
                Assert.Equal(thresholds[i], totals[i].Members![1].Value is Int128 threshold ? threshold : (BigInteger?)null);
            }
        }
    }

    [Theory]
    [InlineData("spend", "segment", "`segments` of `k` are of no column of the result: `spend`")]
    [InlineData("segment", "segment", "`segments` of `k` are of no column of the result: `segment`")]
    [InlineData("region", "segment", "`segments` of `k` are of a number, and `region` is string")]
    [InlineData("spent", "spent", "`k` has two columns named `spent`")]
    public void Create_WhenSegmentsAreWrong_ThenSaysSo(string of, string column, string message) =>
        Assert.Equal(message, Assert.Throws<KpiException>(() =>
            KpiPlan.Create(ByRegion with { Segments = Minimums with { Of = of, Column = column } }, Sample.Schema)).Message);

    private static BigInteger? Quantile(BigInteger[] sorted, int percent)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        int at = (sorted.Length - 1) * percent;
        BigInteger low = sorted[at / 100];
        BigInteger high = sorted[Math.Min((at / 100) + 1, sorted.Length - 1)];
        return new Number((low * (100 - (at % 100))) + (high * (at % 100)), 2).Round(0).Units;
    }
}
