using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>Random cases that once failed in some database, as small as they became.</summary>
public static class RegressionCases
{
    private static readonly KpiDefinition Plain = new() { Name = "k", Title = "K", From = "facts" };

    private static readonly CaseTable Facts = new(
        "facts",
        new Schema([new Column("order", ColumnType.Decimal(17, 0)), new Column("a b", ColumnType.Decimal(18, 6)), new Column("x", ColumnType.String)]),
        [[3L, 1_000_000L, "b"], [5L, -2_000_000L, "a"], [7L, 500_000L, "b"], [null, 4_000_000L, "c"]]);

    private static Dictionary<string, KpiDefinition> Definitions { get; } = new()
    {
        ["a KPI that asks for nothing"] = Plain,
        ["a KPI that asks for nothing but a median"] = Plain with { Measures = [Named("m", "median(\"a b\")")] },
        ["a score against nothing but a median"] = Plain with
        {
            Columns = [Named("x", "x")],
            Limit = 9,
            Score = new ScoreDefinition
            {
                ScoreColumn = "points",
                ReasonsColumn = "why",
                Minimum = 1,
                Total = "flagged",
                Rules = [new ScoreRule(Parse("\"order\" > median(\"order\")"), 1, new ReasonTemplate([new ReasonPart("more")]))],
            },
        },
        ["the least of products that may leave 64 bits, of groups that count"] = Plain with
        {
            GroupBy = [Named("k", "''")],
            Measures = [Named("m", "min(\"order\" * \"a b\")")],
            Having = Parse("count(*) > 1"),
        },
        ["medians of text keys in another order than the groups'"] = Plain with
        {
            GroupBy = [Named("x", "x")],
            Measures = [Named("m", "median(\"a b\")"), Named("n", "median(\"order\")"), Named("s", "sum(\"order\")")],
        },
        ["a square of more digits than a product has room for"] = Plain with { Measures = [Named("m", "stddev(\"a b\" * \"order\")"), Named("n", "stddev(\"a b\")")] },
    };

    /// <summary>All of them, by what they are.</summary>
    public static IReadOnlyDictionary<string, KpiCase> All { get; } = Definitions.ToDictionary(one => one.Key, one => new KpiCase(one.Value, Facts, []));

    private static NamedExpression Named(string name, string value) => new(name, Parse(value));

    private static Expression Parse(string text) => ExpressionParser.Parse(text);
}
