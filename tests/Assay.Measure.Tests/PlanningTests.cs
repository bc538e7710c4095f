using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Tests;

public sealed class PlanningTests
{
    private static readonly ScoreDefinition Score = new() { ScoreColumn = "score", ReasonsColumn = "reasons", Minimum = 1, Total = "flagged", Rules = [] };

    [Theory]
    [InlineData("sum(nope)", 4, "there is no column `nope`")]
    [InlineData("count(*) + nope", 11, "there is no column `nope`")]
    [InlineData("1 + sum(region)", 8, "`sum` takes a number, not string")]
    [InlineData("avg(day)", 4, "`avg` takes a number, not date")]
    [InlineData("median(flag)", 7, "`median` takes a number, not boolean")]
    [InlineData("stddev(region)", 7, "`stddev` takes a number, not string")]
    [InlineData("sum(*)", 0, "`sum(*)` means nothing; only count(*) does")]
    [InlineData("sum(price, rate)", 0, "`sum` takes one argument")]
    [InlineData("count()", 0, "`count` takes one argument; count(*) counts rows")]
    [InlineData("sum(distinct price)", 0, "`distinct` is for count only")]
    [InlineData("price", 0, "there is no column `price`")]
    public void Create_WhenAMeasureIsWrong_ThenTheErrorTellsWhere(string measure, int position, string message)
    {
        NamedExpression named = Engine.Named("m", measure);

        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(Engine.Kpi(named), Sample.Schema));

        Assert.Equal(message, error.Message);
        Assert.Equal(position, error.Position);
        Assert.Same(named.Value, error.Expression);
    }

    [Fact]
    public void Create_WhenThereAreMoreKeysThanTheirNullsCanBeToldApart_ThenIsRefused()
    {
        KpiDefinition By(int keys) => Engine.Kpi(Engine.Named("n", "count(*)")) with { GroupBy = [.. Enumerable.Range(0, keys).Select(i => Engine.Named($"k{i}", $"id + {i}"))] };

        Assert.Equal(65, KpiPlan.Create(By(64), Sample.Schema).Result.Columns.Count);
        Assert.EndsWith("is grouped by 65 columns, and 64 are the most", Assert.Throws<KpiException>(() => KpiPlan.Create(By(65), Sample.Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenAColumnIsMistyped_ThenTheErrorNamesTheNearest()
    {
        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(Engine.Kpi(Engine.Named("m", "sum(prise)")), Sample.Schema));

        Assert.Equal("did you mean `price`?", error.Hint);
    }

    [Fact]
    public void Create_WhenKeysConditionsOrDerivedColumnsAreWrong_ThenTheErrorHoldsTheirExpression()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("m", "count(*)"));
        foreach ((KpiDefinition wrong, Expression at) in new[]
        {
            With(kpi, "nope + 1", (k, e) => k with { GroupBy = [new NamedExpression("g", e)] }),
            With(kpi, "nope > 1", (k, e) => k with { Where = e }),
            With(kpi, "price", (k, e) => k with { Where = e }),
            With(kpi, "m + nope", (k, e) => k with { Derive = [new NamedExpression("d", e)] }),
            With(kpi, "share(nope)", (k, e) => k with { Derive = [new NamedExpression("d", e)] }),
            With(kpi, "rank(m)", (k, e) => k with { Derive = [new NamedExpression("d", e)] }),
            With(kpi, "share(m, m)", (k, e) => k with { Derive = [new NamedExpression("d", e)] }),
        })
        {
            Assert.Same(at, Assert.Throws<KpiException>(() => KpiPlan.Create(wrong, Sample.Schema)).Expression);
        }
    }

    [Fact]
    public void Create_WhenOrderByNamesNoColumn_ThenTheErrorListsThem()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("m", "count(*)")) with { GroupBy = [Engine.Named("g", "region")], OrderBy = [new OrderTerm("price", true)] };

        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema));

        Assert.Equal("`order_by` of `k` names no column of the result: `price`", error.Message);
        Assert.Equal("the columns are g, m", error.Hint);
        Assert.Null(error.Expression);
    }

    [Theory]
    [InlineData("a", "b,a", "")]
    [InlineData("a,a", "b", "")]
    [InlineData("", "a,b,a", "")]
    [InlineData("a", "b", "a")]
    [InlineData("a", "b", "c,b,d")]
    [InlineData("", "b", "a,a,c")]
    public void Create_WhenTwoColumnsHaveOneName_ThenIsAnErrorThatNamesIt(string keys, string measures, string derived)
    {
        NamedExpression[] All(string names, string value) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Engine.Named(name, value))];
        KpiDefinition kpi = Engine.Kpi(All(measures, "count(*)")) with { GroupBy = All(keys, "region"), Derive = All(derived, "rank()") };

        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema));

        Assert.StartsWith("`k` has two columns named `", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenOrderedByAColumnThatDependsOnTheOrder_ThenIsAnError()
    {
        KpiDefinition kpi = Engine.Kpi(Engine.Named("m", "count(*)")) with
        {
            GroupBy = [Engine.Named("g", "region")],
            Derive = [Engine.Named("part", "share(m)")],
            OrderBy = [new OrderTerm("part", true)],
        };

        Assert.Equal("`k` is ordered by `part`, but its derived columns depend on the order", Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema)).Message);
        Assert.Equal(["g", "m", "part"], KpiPlan.Create(kpi with { OrderBy = [new OrderTerm("m", true)] }, Sample.Schema).Result.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Create_WhenScoredRowsHaveNoLimit_ThenIsAnError() => Assert.Equal(
        "`k` scores rows, so it needs a `limit`: how many it keeps",
        Assert.Throws<KpiException>(() => KpiPlan.Create(Engine.Kpi() with { Score = Score }, Sample.Schema)).Message);

    [Fact]
    public void Create_WhenAScoredColumnIsThereTwice_ThenIsAnError()
    {
        KpiDefinition kpi = Engine.Kpi() with { Score = Score, Limit = 1, Columns = [Engine.Named("score", "id")] };

        Assert.Equal("`k` has two columns named `score`", Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema)).Message);
    }

    [Theory]
    [InlineData("nope > 1", 0)]
    [InlineData("nope > 10 * avg(price)", 0)]
    [InlineData("price > 10 * avg(nope)", 17)]
    [InlineData("price > avg(region)", 12)]
    [InlineData("price + avg(price)", 0)]
    [InlineData("region > avg(price)", 9)]
    public void Create_WhenARuleIsWrong_ThenTheErrorHoldsTheRulesExpression(string when, int position)
    {
        Expression rule = ExpressionParser.Parse(when);
        KpiDefinition kpi = Engine.Kpi() with { Limit = 1, Score = Score with { Rules = [new ScoreRule(rule, 1, new ReasonTemplate([]))] } };

        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema));

        Assert.Same(rule, error.Expression);
        Assert.Equal(position, error.Position);
    }

    [Theory]
    [InlineData("price > 1", true)]
    [InlineData("price > avg_x", true)]
    [InlineData("avg_x <= price", true)]
    [InlineData("price > 10 * avg_x", true)]
    [InlineData("price < avg_x * -3", true)]
    [InlineData("not (price > avg_x) and quantity > 1", true)]
    [InlineData("case when price > avg_x then quantity > 1 else flag end", true)]
    [InlineData("price > avg_x and quantity > avg_y", false)]
    [InlineData("price > avg_x or price < avg_x", false)]
    [InlineData("price = avg_x", false)]
    [InlineData("price <> avg_x", false)]
    [InlineData("price between avg_x and 5", false)]
    [InlineData("price > avg_x + 1", false)]
    [InlineData("price > quantity * avg_x", false)]
    [InlineData("price > avg_x * avg_x", false)]
    [InlineData("price > 100 / avg_x", false)]
    [InlineData("abs(price - avg_x) > 5", false)]
    [InlineData("avg_x is null", false)]
    [InlineData("price > 1 + 2 * avg_x", false)]
    public void Thresholds_WhenAConditionIsLookedAt_ThenOnlyOneComparisonWithAMultipleCounts(string condition, bool expected) => Assert.Equal(
        expected,
        Thresholds.HasAtMostOne(
            ExpressionParser.Parse(condition),
            node => node is ColumnExpression column && column.Name.StartsWith("avg_", StringComparison.Ordinal)));

    private static (KpiDefinition Kpi, Expression At) With(KpiDefinition kpi, string text, Func<KpiDefinition, Expression, KpiDefinition> with)
    {
        Expression expression = ExpressionParser.Parse(text);
        return (with(kpi, expression), expression);
    }
}
