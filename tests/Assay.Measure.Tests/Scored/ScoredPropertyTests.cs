using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

/// <summary>Random scored KPIs over random rows against two plain steps.</summary>
public sealed class ScoredPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Results_WhenRowsAreSharedOutInAnyWay_ThenAreTheSlowWays(int seed)
    {
        int twoPasses = 0;
        int onePass = 0;
        for (int round = 0; round < 150; round++)
        {
            var random = new Random((seed * 100_000) + round);
            List<Row> rows = Sample.Rows(random, random.Next(3) == 0 ? random.Next(5) : random.Next(500));
            Rule[] choice = random.Next(4) switch
            {
                0 => Rule.Plain,
                1 => [.. Rule.Foreseeable, .. Rule.Plain, .. Rule.Unforeseeable],
                _ => [.. Rule.Foreseeable, .. Rule.Plain],
            };
            var kpi = new ReferenceScores([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => choice[random.Next(choice.Length)])], random.Next(0, 5), random.Next(1, 8), random.Next(3) == 0);
            (string table, long flagged) = kpi.Compute(rows);
            for (int workers = 1; workers <= 4; workers++)
            {
                var run = new MeasureRun([KpiPlan.Create(kpi.Definition, Sample.Schema)]);
                Engine.Pass(run, 1, rows, workers, 50, random, random: true);
                twoPasses += run.NeedsSecondPass ? 1 : 0;
                onePass += run.NeedsSecondPass ? 0 : 1;
                if (run.NeedsSecondPass)
                {
                    Engine.Pass(run, 2, [.. rows.OrderBy(_ => random.Next())], workers, 50, random, random: true);
                }

                Assert.Equal(flagged, run.Results[0].Flagged());
                if (table != Engine.Show(run.Results[0]))
                {
                    Assert.Fail($"round {round}, {workers} workers: {string.Join("; ", kpi.Definition.Score!.Rules.Select(rule => rule.When))}\nexpected\n{table}\nactual\n{Engine.Show(run.Results[0])}");
                }
            }
        }

        Assert.InRange(twoPasses, 20, 500);
        Assert.InRange(onePass, 100, 580);
    }

    [Fact]
    public void Results_WhenRowsLookTheSameInTheTable_ThenTheirOrderDoesNotDependOnTheInput()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            List<Row> rows = Sample.Rows(random, 200);
            KpiDefinition kpi = new ReferenceScores([.. Rule.Plain, Rule.Foreseeable[1], Rule.Foreseeable[3]], 1, 12).Definition with
            {
                Columns = [Engine.Named("region", "region")],
                OrderBy = [new OrderTerm("score", true)],
            };

            string[] tables =
            [
                Engine.Show(Engine.Run(kpi, rows)),
                Engine.Show(Engine.Run(kpi, [.. rows.AsEnumerable().Reverse()])),
                Engine.Show(Engine.Run(kpi, [.. rows.OrderBy(_ => random.Next())], 7)),
                Engine.Show(Engine.Run([kpi], rows, 3, random)[0]),
            ];

            Assert.All(tables, table => Assert.Equal(tables[0], table));
        }
    }
}
