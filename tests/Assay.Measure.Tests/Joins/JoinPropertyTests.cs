using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Joins;

/// <summary>A KPI that joins gives what the same KPI gives over rows that were joined one by one.</summary>
public sealed class JoinPropertyTests
{
    private static readonly string[] Keys =
        ["area", "band", "coalesce(area, 'Unknown')", "year(opened)", "bulky", "product", "region", "fee", "case when bulky then area else band end", "day"];

    private static readonly string[] Measures =
        ["count(*)", "sum(fee)", "sum(fee * quantity)", "count(distinct area)", "count(distinct band)", "max(area)", "min(opened)", "avg(fee)", "count(bulky)", "max(product)", "sum(price)", "count(distinct name)"];

    private static readonly string?[] Conditions = [null, null, "area <> 'coast'", "bulky", "band is null", "fee > 0 or quantity > 1", "product = 'p1'"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Results_WhenTablesAreJoined_ThenAreThoseOfRowsJoinedOneByOne(int seed)
    {
        for (int round = 0; round < 120; round++)
        {
            var random = new Random((seed * 100_000) + round);
            List<Row> rows = Sample.Rows(random, random.Next(4) == 0 ? random.Next(5) : random.Next(250));
            var sample = new JoinedSample(random);
            KpiDefinition plain = Random(random);
            string expected = Engine.Show(Engine.Run(plain, sample.Widen(rows), new MeasureInputs(), 1, random, JoinedSample.WideSchema));

            KpiDefinition joining = plain with { Joins = JoinedSample.Joins };
            KpiPlan plan = KpiPlan.Create(joining, Sample.Schema, JoinedSample.Joined);
            for (int workers = 1; workers <= 3; workers++)
            {
                var inputs = new MeasureInputs { Lookups = sample.Lookups(plan, random) };
                string actual = Engine.Show(Engine.Run(joining, rows, inputs, workers, random, joined: JoinedSample.Joined));
                Assert.True(expected == actual, $"round {round}, {workers} workers, {rows.Count} rows: {string.Join("; ", plain.GroupBy.Concat(plain.Measures).Select(one => one.Value))} where {plain.Where}\nexpected\n{expected}\nactual\n{actual}");
            }
        }
    }

    [Fact]
    public void Results_WhenScoredRowsJoin_ThenAreThoseOfRowsJoinedOneByOne()
    {
        for (int round = 0; round < 60; round++)
        {
            var random = new Random(round);
            List<Row> rows = Sample.Rows(random, random.Next(400));
            var sample = new JoinedSample(random);
            KpiDefinition plain = new()
            {
                Name = "k",
                Title = "K",
                From = "t",
                Columns = [Engine.Named("id", "id"), Engine.Named("area", "area"), Engine.Named("fee", "fee")],
                Limit = 7,
                OrderBy = [new OrderTerm("points", true)],
                Score = new ScoreDefinition
                {
                    ScoreColumn = "points",
                    ReasonsColumn = "why",
                    Minimum = 1,
                    Total = "flagged",
                    Rules =
                    [
                        new ScoreRule(ExpressionParser.Parse("fee > 2 * avg(fee)"), 2, new ReasonTemplate([new ReasonPart("", ExpressionParser.Parse("band"))])),
                        new ScoreRule(ExpressionParser.Parse("bulky"), 1, new ReasonTemplate([new ReasonPart("bulky")])),
                    ],
                },
            };
            KpiResult expected = Engine.Run(plain, sample.Widen(rows), new MeasureInputs(), 1, random, JoinedSample.WideSchema);

            KpiDefinition joining = plain with { Joins = JoinedSample.Joins };
            var inputs = new MeasureInputs { Lookups = sample.Lookups(KpiPlan.Create(joining, Sample.Schema, JoinedSample.Joined), random) };
            KpiResult actual = Engine.Run(joining, rows, inputs, 2, random, joined: JoinedSample.Joined);
            Assert.Equal(Engine.Show(expected), Engine.Show(actual));
            Assert.Equal(expected.Flagged(), actual.Flagged());
        }
    }

    private static KpiDefinition Random(Random random) => new()
    {
        Name = "k",
        Title = "K",
        From = "t",
        Where = Conditions[random.Next(Conditions.Length)] is { } where ? ExpressionParser.Parse(where) : null,
        GroupBy = [.. Enumerable.Range(0, random.Next(3)).Select(i => Engine.Named($"k{i}", Keys[random.Next(Keys.Length)]))],
        Measures = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Engine.Named($"m{i}", Measures[random.Next(Measures.Length)]))],
    };
}
