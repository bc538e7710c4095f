using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

public sealed class ScoredKpiTests
{
    [Theory]
    [InlineData("price", 2, true, false, "1,234,567.80")]
    [InlineData("price", 0, true, false, "1,234,568")]
    [InlineData("price", null, false, false, "1234567.80")]
    [InlineData("price * -1", 2, true, false, "-1,234,567.80")]
    [InlineData("price / 1234567.8 * -999.995", 2, true, false, "-1,000.00")]
    [InlineData("price / 1234567.8 * -999.985", 2, true, false, "-999.98")]
    [InlineData("price / 12345.678", 1, true, false, "100.0")]
    [InlineData("quantity", null, true, false, "1,000")]
    [InlineData("quantity", null, false, true, "100000%")]
    [InlineData("rate", 1, false, true, "12.4%")]
    [InlineData("rate", null, false, true, "12.35%")]
    [InlineData("rate", 0, false, true, "12%")]
    [InlineData("rate * 10", 2, true, true, "123.50%")]
    [InlineData("0.5 * quantity", 1, true, true, "50,000.0%")]
    [InlineData("avg(quantity)", 1, false, false, "501.0")]
    [InlineData("max(price) - price", 2, true, false, "0.00")]
    [InlineData("region", null, false, false, "Östlich")]
    [InlineData("day", null, false, false, "2024-02-29")]
    [InlineData("flag", null, false, false, "true")]
    [InlineData("big", 2, true, false, "null")]
    [InlineData("cast(day as timestamp)", null, false, false, "2024-02-29 00:00:00")]
    public void Reasons_WhenAValueIsWritten_ThenIsThisText(string value, int? decimals, bool thousands, bool percent, string text)
    {
        ReasonPart[] parts = [new ReasonPart("<"), new ReasonPart("", ExpressionParser.Parse(value), decimals, thousands, percent), new ReasonPart(">")];
        KpiDefinition kpi = Kpi(1, 1, (1, "quantity = 1000", parts));

        KpiResult result = Engine.Run(kpi, [Sample.Of(1, "Östlich", 1000, 123_456_780, 1235, flag: true, day: new DateOnly(2024, 2, 29)), Sample.Of(2, quantity: 2)]);

        Assert.Equal($"1 | 1 | <{text}>", Engine.Show(result));
    }

    [Fact]
    public void Results_WhenSeveralRulesHold_ThenPointsAddUpAndReasonsAreJoinedInOrder()
    {
        KpiDefinition kpi = Kpi(
            3,
            10,
            (2, "price > 100", [new ReasonPart("dear")]),
            (1, "quantity > 5 or region is null", [new ReasonPart("many or nowhere")]),
            (-1, "flag", [new ReasonPart("known")]),
            (1, "rate > 0.5", [new ReasonPart("rebate "), new ReasonPart("", ExpressionParser.Parse("rate"), 0, Percent: true)]));

        KpiResult result = Engine.Run(kpi,
        [
            Sample.Of(1, "a", 6, 10_001, 6000, flag: true),
            Sample.Of(2, null, 1, 10_001, 9000),
            Sample.Of(3, "a", 6, 10_001, 1),
            Sample.Of(4, "a", 6, 9_999, 9000),
            Sample.Of(5),
        ]);

        Assert.Equal(
            """
            2 | 4 | dear; many or nowhere; rebate 90%
            1 | 3 | dear; many or nowhere; known; rebate 60%
            3 | 3 | dear; many or nowhere
            """,
            Engine.Show(result));
        Assert.Equal(3, result.Flagged());
    }

    [Fact]
    public void Results_WhenMoreRowsAreFlaggedThanTheLimit_ThenTheBestStayAndAllAreCounted()
    {
        KpiDefinition kpi = Kpi(1, 2, (1, "quantity > 0", [new ReasonPart("some")]), (1, "quantity > 10", [new ReasonPart("many")]));
        Row[] rows = [.. Enumerable.Range(0, 50).Select(i => Sample.Of(50 - i, quantity: i is 20 or 30 ? 11 : i % 2))];

        foreach (int batchSize in new[] { 1, 3, 50 })
        {
            KpiResult result = Engine.Run(kpi, rows, batchSize);
            Assert.Equal("20 | 2 | some; many\n30 | 2 | some; many", Engine.Show(result));
            Assert.Equal(27, result.Flagged());
        }
    }

    [Fact]
    public void Results_WhenRowsTie_ThenColumnsDecideInTheirOrder()
    {
        KpiDefinition kpi = Kpi(1, 3, (1, "quantity > 0", [new ReasonPart("x")])) with
        {
            Columns = [Engine.Named("region", "region"), Engine.Named("id", "id")],
        };

        Assert.Equal(
            "a | 3 | 1 | x\na | 4 | 1 | x\nb | 1 | 1 | x",
            Engine.Show(Engine.Run(kpi, [Sample.Of(2, quantity: 1), Sample.Of(1, "b", 1), Sample.Of(4, "a", 1), Sample.Of(3, "a", 1), Sample.Of(9, "b", 1)], 2)));
    }

    [Fact]
    public void Create_WhenOrderedByReasons_ThenIsAnError()
    {
        KpiDefinition kpi = Kpi(1, 3, (1, "quantity > 0", [new ReasonPart("x")])) with { OrderBy = [new OrderTerm("reasons", false)] };

        Assert.Equal("`k` cannot be ordered by its reasons, `reasons`", Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema)).Message);
    }

    private static KpiDefinition Kpi(int minimum, int limit, params (int Points, string When, ReasonPart[] Reason)[] rules) => Engine.Kpi() with
    {
        Columns = [Engine.Named("id", "id")],
        Score = new ScoreDefinition
        {
            ScoreColumn = "score",
            ReasonsColumn = "reasons",
            Minimum = minimum,
            Total = "flagged",
            Rules = [.. rules.Select(rule => new ScoreRule(ExpressionParser.Parse(rule.When), rule.Points, new ReasonTemplate(rule.Reason)))],
        },
        OrderBy = [new OrderTerm("score", true)],
        Limit = limit,
    };
}
