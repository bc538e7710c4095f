using Assay.App.Pipelines;
using Assay.Measure;

namespace Assay.App.Tests.Pipelines;

/// <summary>KPIs that join tables, keep recent rows, divide and sum up, as the pipeline's file says it.</summary>
public sealed class JoinedKpiTests
{
    internal const string Shop =
        """
        pipeline: shop
        sources:
          buyers: { format: csv, path: buyers.csv }
          bills: { format: csv, path: bills.csv }
        tables:
          buyers:
            from: buyers
            key: [phone]
            columns: { phone: { type: string, required: true }, buyer_id: { type: string }, region: { type: string }, sold: { type: date } }
          pairs: { from: buyers, key: [phone, buyer_id], columns: { phone: { type: string, required: true }, buyer_id: { type: string, required: true } } }
          loose: { from: buyers, columns: { phone: { type: string } } }
          bills:
            from: bills
            columns: { phone: { type: string }, sold: { type: timestamp }, day: { type: date }, amount: { type: "decimal(12,2)" }, pieces: { type: integer } }
        kpis:
          best:
            from: bills
            join: { buyers: phone }
            last: 30 days of sold
            group_by: { buyer: "coalesce(buyer_id, 'Unknown')", area: region }
            measures: { spent: sum(amount), bills_paid: count(*) }
            having: spent > 0 and max(pieces) > 1
            derive: { place: rank() }
            segments: { column: segment, of: spent, quantiles: { VIP: 0.8, Regular: "0.50", New: 0 }, otherwise: Other, total: tiers, threshold_name: least }
            summary: { buyers_seen: count(*), rate: { value: buyers_seen / count(buyers), scale: 3 }, most: first(buyer) }
            order_by: [-spent]
            limit: 10
          monthly:
            from: bills
            group_by: { month: year_month(sold) }
            fill: month
            measures: { revenue: sum(amount) }
            segments: { column: size, of: revenue, minimums: { big: 800, small: -0.5 } }
        layers: [bronze, silver, gold]
        """;

    [Fact]
    public void Parse_WhenNothingIsWrong_ThenGivesTheDefinitions()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Shop, "shop.yaml", new PipelineSettings());

        Assert.Equal(["phone"], pipeline.Tables[0].Key);
        Assert.Empty(pipeline.Tables[2].Key);
        KpiDefinition best = pipeline.Kpis[0];
        Assert.Equal([new KpiJoin("buyers", "phone", "phone")], best.Joins);
        Assert.Equal(new LastWindow(30, LastUnit.Day, "sold"), best.Last);
        Assert.Equal("spent > 0 and max(pieces) > 1", best.Having!.ToString());
        SegmentDefinition segments = best.Segments!;
        Assert.Equal(("segment", "spent", true, "Other", "tiers", "least"), (segments.Column, segments.Of, segments.AreQuantiles, segments.Otherwise, segments.Total, segments.ThresholdName));
        Assert.Equal([new SegmentLevel("VIP", 8, 1), new SegmentLevel("Regular", 50, 2), new SegmentLevel("New", 0, 0)], segments.Levels);
        Assert.Equal(["buyers_seen", "rate", "most"], best.Summary.Select(entry => entry.Name));
        Assert.Equal(3, best.Summary[1].Scale);
        KpiDefinition monthly = pipeline.Kpis[1];
        Assert.Equal(FillUnit.Month, monthly.Fill);
        Assert.Equal([new SegmentLevel("big", 800, 0), new SegmentLevel("small", -5, 1)], monthly.Segments!.Levels);
        Assert.Equal(("minimum", null), (monthly.Segments.ThresholdName, monthly.Segments.Total));
    }

    [Theory]
    [InlineData("30 days", 30, LastUnit.Day)]
    [InlineData("1 day", 1, LastUnit.Day)]
    [InlineData("12 hours", 12, LastUnit.Hour)]
    [InlineData("2  weeks ", 2, LastUnit.Week)]
    [InlineData("6 months", 6, LastUnit.Month)]
    public void Last_WhenWritten_ThenIsThisLong(string text, int count, LastUnit unit) =>
        Assert.Equal(
            new LastWindow(count, unit, "sold"),
            PipelineLoader.Parse(Shop.Replace("30 days", text, StringComparison.Ordinal), "shop.yaml", new PipelineSettings()).Kpis[0].Last);

    [Theory]
    [InlineData("key: [phone]\n", "key: [phon]\n", "8:11: unknown column `phon`, did you mean `phone`?", "18:13: `buyers` cannot be joined: it has no `key`, so a row could match several of it; a joined table has a `key` of one column")]
    [InlineData("key: [phone]\n", "key: [phone, phone]\n", "8:18: `phone` is there twice")]
    [InlineData("key: [phone]\n", "key: []\n", "8:10: `key` is empty, for example `key: [order_id]`", "18:13: `buyers` cannot be joined: it has no `key`, so a row could match several of it; a joined table has a `key` of one column")]
    [InlineData("join: { buyers: phone }", "join: { byers: phone }", "18:13: unknown table `byers`, did you mean `buyers`?")]
    [InlineData("join: { buyers: phone }", "join: { pairs: phone }", "18:13: `pairs` cannot be joined: its `key` is of 2 columns, so a row could match several of it; a joined table has a `key` of one column")]
    [InlineData("join: { buyers: phone }", "join: { loose: phone }", "18:13: `loose` cannot be joined: it has no `key`, so a row could match several of it; a joined table has a `key` of one column")]
    [InlineData("join: { buyers: phone }", "join: { bills: phone }", "18:13: a table is not joined with itself")]
    [InlineData("join: { buyers: phone }", "join: { buyers: phon }", "18:21: `bills` has no column `phon`, did you mean `phone`?")]
    [InlineData("join: { buyers: phone }", "join: { buyers: pieces }", "18:21: `pieces` is integer, and the key `phone` of `buyers` is string; both must be of one type")]
    [InlineData("join: { buyers: phone }", "join: { buyers: [phone] }", "18:21: `buyers` must be a column, not a list, for example `{ buyers: buyer_id }`: a table, and the column that its key is looked up by")]
    [InlineData("join: { buyers: phone }", "join: buyers", "18:11: `join` must be a mapping, not a text, for example `{ buyers: buyer_id }`: a table, and the column that its key is looked up by")]
    [InlineData("area: region", "area: regoin", "20:63: there is no column `regoin`, did you mean `region`?")]
    [InlineData("    join: { buyers: phone }\n", "", "19:34: there is no column `buyer_id`", "19:63: there is no column `region`")]
    public void Join_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("30 days of sold", "30 days", "19:11: `30 days` is no window of time, for example `30 days of sold_at`; the units are hours, days, weeks and months")]
    [InlineData("30 days of sold", "0 days of sold", "19:11: `0 days of sold` is no window of time, for example `30 days of sold_at`; the units are hours, days, weeks and months")]
    [InlineData("30 days of sold", "1 year of sold", "19:11: `1 year of sold` is no window of time, for example `30 days of sold_at`; the units are hours, days, weeks and months")]
    [InlineData("30 days of sold", "30 days of sol", "19:11: `bills` has no column `sol`, did you mean `sold`?")]
    [InlineData("30 days of sold", "30 days of amount", "19:11: a window of days is not of `amount`, which is decimal(12,2); it is of a timestamp, or of a date in days, weeks or months")]
    [InlineData("30 days of sold", "3 hours of day", "19:11: a window of hours is not of `day`, which is date; it is of a timestamp, or of a date in days, weeks or months")]
    [InlineData("30 days of sold", "30 days of region", "19:11: `bills` has no column `region`")]
    public void Last_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("having: spent > 0 and max(pieces) > 1", "having: spend > 0", "22:13: there is no column `spend`, did you mean `spent`?")]
    [InlineData("having: spent > 0 and max(pieces) > 1", "having: amount > 0", "22:13: a measure is about many rows, so column `amount` needs an aggregate, for example `max(amount)`, or group by it")]
    [InlineData("having: spent > 0 and max(pieces) > 1", "having: spent", "22:13: a condition is true or false, this is decimal(38,2)")]
    [InlineData("having: spent > 0 and max(pieces) > 1", "having: place > 1", "22:13: there is no column `place`")]
    [InlineData("having: spent > 0 and max(pieces) > 1", "score: { column: a, reasons: b, rules: [{ when: pieces > 1, points: 1, reason: x }] }\n    columns: [pieces]", "20:15: `group_by` does not go with `score`; a KPI has `measures` of groups, or a `score` of rows", "21:15: `measures` does not go with `score`; a KPI has `measures` of groups, or a `score` of rows", "24:13: `derive` does not go with `score`; a KPI has `measures` of groups, or a `score` of rows", "25:15: `segments` does not go with `score`; a KPI has `measures` of groups, or a `score` of rows", "26:14: `summary` does not go with `score`; a KPI has `measures` of groups, or a `score` of rows", "27:16: `order_by` names no output column `spent`; the columns are pieces, a, b")]
    [InlineData("fill: month", "fill: year", "31:11: `fill` cannot be `year`; it is one of month, day")]
    [InlineData("fill: month", "fill: day", "28:3: `fill` of `monthly` cannot tell what comes between two values of `month`; for `day`, group by a date such as date(x)")]
    [InlineData("{ month: year_month(sold) }", "{ month: year_month(sold), day: day }", "28:3: `fill` of `monthly` needs one group key, and there are 2; which of several would the empty groups belong to?")]
    public void Groups_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("column: segment,", "", "24:5: `column` is missing; it names the output column of the segments")]
    [InlineData("column: segment,", "column: spent,", "24:25: column `spent` is there twice")]
    [InlineData("of: spent,", "of: spend,", "24:38: `of` names no output column `spend`, did you mean `spent`?")]
    [InlineData("of: spent,", "of: area,", "16:3: `segments` of `best` are of a number, and `area` is string")]
    [InlineData("quantiles: { VIP: 0.8,", "quantiles: { VIP: 1.2,", "24:63: `1.2` is no quantile, which is a number from 0 to 1")]
    [InlineData("quantiles: { VIP: 0.8,", "quantiles: { VIP: 0.5,", "24:77: two segments begin at 0.50")]
    [InlineData("quantiles: { VIP: 0.8, Regular: \"0.50\", New: 0 }", "quantiles: {}", "24:56: `quantiles` is empty, for example `minimums: { Gold: 500, Silver: 100 }` or `quantiles: { Gold: 0.8, Silver: 0.5 }`")]
    [InlineData("quantiles: { VIP: 0.8, Regular: \"0.50\", New: 0 },", "", "24:5: segments have either `minimums` or `quantiles`, for example `minimums: { Gold: 500, Silver: 100 }` or `quantiles: { Gold: 0.8, Silver: 0.5 }`")]
    [InlineData("quantiles: { VIP: 0.8,", "minimums: { VIP: lots,", "24:62: `lots` is no number of at most 18 digits")]
    [InlineData("quantiles: { VIP: 0.8,", "minimums: { VIP: [1],", "24:62: `VIP` must be a number, not a list, for example `minimums: { Gold: 500, Silver: 100 }` or `quantiles: { Gold: 0.8, Silver: 0.5 }`")]
    [InlineData("otherwise: Other", "otherwise: New", "24:106: `New` is a segment already")]
    [InlineData("threshold_name: least", "threshold_name: count", "24:143: `count` is the number of groups in the total")]
    [InlineData("total: tiers,", "", "24:130: `threshold_name` goes with `total`")]
    [InlineData("total: tiers", "total: rate", "25:39: `rate` already names the KPI's rows or another of its totals")]
    public void Segments_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("count(*), rate", "spent, rate", "25:29: a summary is about all rows, so column `spent` needs an aggregate, for example `max(spent)` or `first(spent)`")]
    [InlineData("count(*), rate", "sum(spend), rate", "25:33: there is no column `spend`, did you mean `spent`?")]
    [InlineData("count(buyers)", "count(byers)", "25:74: there is no column and no table `byers`, did you mean `buyers`?")]
    [InlineData("bills_paid: count(*) }", "buyers: count(*) }", "25:74: `buyers` is both a column of the KPI and a table; give the column another name")]
    [InlineData("buyers_seen: count(*), rate", "best: count(*), rate", "25:16: `best` already names the KPI's rows or another of its totals", "25:47: there is no column `buyers_seen`")]
    [InlineData("first(buyer)", "{ value: first(buyer), scale: 2 }", "25:110: only numbers are rounded to a `scale`, and this is of type string")]
    [InlineData("spent: sum(amount)", "spent: first(amount)", "21:24: `first` is only allowed in a KPI's summary")]
    public void Summary_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Fact]
    public void Summary_WhenItCountsATableWhoseRowsAreNotKept_ThenSaysThatItNeedsSilver()
    {
        const string Yaml = """
            pipeline: shop
            title: Shop
            sources: { bills: { format: csv, path: bills.csv } }
            tables: { bills: { from: bills, columns: { buyer: { type: string } } } }
            kpis:
              buyers:
                title: Buyers
                from: bills
                group_by: [buyer]
                measures: { n: count(*) }
                summary: { bills_seen: count(bills) }
            """;

        Assert.Equal(
            ["11:34: counting the rows of `bills` needs the silver layer; write `layers: [bronze, silver, gold]` at the top of the file"],
            ErrorsOf(Yaml, new PipelineSettings()));
        Assert.Empty(ErrorsOf("layers: [bronze, silver, gold]\n" + Yaml, new PipelineSettings()));
    }

    [Fact]
    public void Parse_WhenAProgramRegistersAnAggregate_ThenItIsCalledByName()
    {
        string yaml = Shop.Replace("spent: sum(amount)", "spent: total_of(amount)", StringComparison.Ordinal);
        Assert.Equal(["21:24: there is no function `total_of`"], ErrorsOf(yaml, new PipelineSettings()));

        var settings = new PipelineSettings { Aggregates = new AggregateCatalog().Register("total_of", type => type.IsNumeric ? type : null, _ => new Total()) };

        Assert.Same(settings.Aggregates, PipelineLoader.Parse(yaml, "shop.yaml", settings).Kpis[0].Aggregates);
        Assert.Equal(
            ["21:33: `total_of` does not take date"],
            ErrorsOf(Shop.Replace("spent: sum(amount)", "spent: total_of(day)", StringComparison.Ordinal), settings));
    }

    private static void AssertErrors(string right, string wrong, string[] errors)
    {
        Assert.Contains(right, Shop, StringComparison.Ordinal);
        Assert.Equal(errors, ErrorsOf(Shop.Replace(right, wrong, StringComparison.Ordinal), new PipelineSettings()));
    }

    private static IEnumerable<string> ErrorsOf(string yaml, PipelineSettings settings)
    {
        try
        {
            PipelineLoader.Parse(yaml, "shop.yaml", settings);
            return [];
        }
        catch (DefinitionException exception)
        {
            return exception.Errors.Select(error => error.ToString()["shop.yaml:".Length..]);
        }
    }

    private sealed class Total : ICustomAggregate
    {
        private Int128 _sum;

        public void Add(AggregateValue value) => _sum += value.Units;

        public void Merge(ICustomAggregate other) => _sum += ((Total)other)._sum;

        public object? Result() => _sum;
    }
}
