using Assay.Data;
using Assay.Measure.Tests.Cases;
using static Assay.Measure.Tests.Query.ShopCases;

namespace Assay.Measure.Tests.Query;

/// <summary>Random cases that once failed, as small as they became, on every database that runs in this process.</summary>
public sealed class KpiQueryRegressionTests
{
    private static readonly KpiDefinition Plain = new() { Name = "k", Title = "K", From = "facts" };

    private static readonly CaseTable Facts = new(
        "facts",
        new Schema([new Column("order", ColumnType.Decimal(17, 0)), new Column("a b", ColumnType.Decimal(18, 6)), new Column("x", ColumnType.String)]),
        [[3L, 1_000_000L, "b"], [5L, -2_000_000L, "a"], [7L, 500_000L, "b"], [null, 4_000_000L, "c"]]);

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, KpiDefinition> Cases { get; } = new()
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_WhenACaseOnceFailed_ThenAreThoseOfMemory(string name)
    {
        using var duckDb = new DuckDbCases(Dialects.DuckDb);
        using var sqlite = new SqliteCases(Dialects.Sqlite);
        foreach (CaseDatabase database in new[] { duckDb.Database, sqlite.Database })
        {
            CaseOutcome outcome = database.Run(new KpiCase(Cases[name], Facts, []));
            Assert.True(outcome.Kind == CaseOutcomeKind.Same, $"{database.Dialect.Title}: {outcome.Kind} {outcome.Text}");
        }
    }
}
