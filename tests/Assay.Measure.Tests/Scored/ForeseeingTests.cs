using Assay.Measure.Memory;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

/// <summary>Scoring while the statistics are gathered: when it must give up, and that the answer is the same either way.</summary>
public sealed class ForeseeingTests
{
    private static readonly ReferenceScores High = new([Rule.Foreseeable[0], Rule.Foreseeable[1], Rule.Plain[0]], 2, 10);
    private static readonly ReferenceScores AboveMean = new([new Rule("price > avg(price)", 1, (row, all) => row.Number("price")!.Value.CompareTo(all.Price!.Value) > 0)], 1, 10);

    [Fact]
    public void NeedsSecondPass_WhenTheMeanStaysWhereItWas_ThenIsFalse()
    {
        Row[] rows = Rows(20_000, (i, random) => 10_000 + random.Next(-500, 500) + (i % 100 == 0 ? 40_000 : 0));

        AssertPasses(High, rows, 1000, needsSecond: false);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(6_500)]
    public void NeedsSecondPass_WhenTheFirstBlockIsByChanceUnlikeTheRest_ThenIsFalse(int first)
    {
        Row[] rows = Rows(3000, (i, random) => (i < 800 ? first : 10_000) + random.Next(-500, 500) + (i % 100 == 0 ? 80_000 : 0));

        AssertPasses(new ReferenceScores([Rule.Foreseeable[0]], 2, 10), rows, 800, needsSecond: false);
    }

    [Fact]
    public void NeedsSecondPass_WhenSortedRowsLetTheMeanDrift_ThenIsTrue()
    {
        Row[] rows = Rows(5000, (i, _) => 100 + (i * 10));

        AssertPasses(High, rows, 100, needsSecond: true);
        AssertPasses(High, [.. rows.Reverse()], 100, needsSecond: true);
    }

    [Fact]
    public void NeedsSecondPass_WhenOneWorkersRowsAreUnlikeTheOthers_ThenIsTrue()
    {
        Row[] rows = Rows(2000, (i, _) => i < 1000 ? 100 : 10_000);
        (string table, long flagged) = High.Compute(rows);
        var run = new MeasureRun([KpiPlan.Create(High.Definition, Sample.Schema)]);

        Run(run, 1, [rows[..1000], rows[1000..]]);

        Assert.True(run.NeedsSecondPass);
        Run(run, 2, [rows[1000..], rows[..1000]]);
        Assert.Equal(table, Engine.Show(run.Results[0]));
        Assert.Equal(flagged, run.Results[0].Flagged());
    }

    [Fact]
    public void NeedsSecondPass_WhenAWorkerGetsNoRows_ThenTheOthersDecide()
    {
        Row[] rows = Rows(3000, (i, _) => 10_000 + (i % 7) + (i % 500 == 3 ? 60_000 : 0));
        (string table, long flagged) = High.Compute(rows);
        foreach (Row[][] shares in new Row[][][] { [[], rows, []], [rows, []], [[], [], rows] })
        {
            var run = new MeasureRun([KpiPlan.Create(High.Definition, Sample.Schema)]);

            Run(run, 1, shares);

            Assert.False(run.NeedsSecondPass);
            Assert.Equal(table, Engine.Show(run.Results[0]));
            Assert.Equal(flagged, run.Results[0].Flagged());
        }
    }

    [Fact]
    public void NeedsSecondPass_WhenOneBatchHasAllRows_ThenIsFalse() =>
        AssertPasses(High, Rows(5, (i, _) => i == 4 ? 100_000 : 100), 100, needsSecond: false);

    [Fact]
    public void NeedsSecondPass_WhenTheFirstRowTellsTheWrongMean_ThenIsTrue() =>
        AssertPasses(High, Rows(5, (i, _) => i == 4 ? 100_000 : 100), 1, needsSecond: true);

    [Fact]
    public void NeedsSecondPass_WhenThereIsNothingToEstimateFrom_ThenTheRowsAreReadAgain()
    {
        Row[] rows = [.. Enumerable.Range(0, 5).Select(i => Sample.Of(i)), .. Enumerable.Range(5, 50).Select(i => Sample.Of(i, "a", 2, i == 20 ? 90_000 : 100))];

        AssertPasses(High, rows, 5, needsSecond: true);
    }

    [Fact]
    public void NeedsSecondPass_WhenThereAreNoRowsAtAll_ThenTheResultIsEmptyEitherWay()
    {
        Assert.Equal("", Engine.Show(Engine.Run(High.Definition, [])));
        Assert.Equal(0, Engine.Run(High.Definition, []).Flagged());
        Assert.Equal("", Engine.Show(Engine.Run(High.Definition, [Sample.Of(1), Sample.Of(2)], 1)));
    }

    [Fact]
    public void NeedsSecondPass_WhenMoreRowsAreUndecidedThanMayWait_ThenIsTrue()
    {
        // Rows at the very mean stay undecided however close the bounds are drawn.
        AssertPasses(AboveMean, Rows(ForeseeingState.MostUndecided + 1, (_, _) => 1000), 500, needsSecond: true);
        AssertPasses(AboveMean, Rows(ForeseeingState.MostUndecided, (_, _) => 1000), 500, needsSecond: false);
    }

    [Fact]
    public void NeedsSecondPass_WhenNarrowerBoundsDecideTheRows_ThenIsFalse()
    {
        // Values that alternate around a steady mean, most of them within the first, wide bounds.
        Row[] rows = Rows(30_000, (i, _) => 100_000 + ((i % 2 == 0 ? 1 : -1) * (5_000 + (i / 2 % 2_000))));

        AssertPasses(AboveMean, rows, 500, needsSecond: false);
    }

    [Fact]
    public void NeedsSecondPass_WhenARuleCannotBeForeseen_ThenIsTrue() =>
        AssertPasses(new ReferenceScores([Rule.Unforeseeable[0]], 1, 5), Rows(100, (i, _) => i), 100, needsSecond: true);

    [Fact]
    public void MayNeedSecondPass_WhenNoRuleComparesWithAllRows_ThenIsFalse()
    {
        var plain = new MeasureRun([KpiPlan.Create(new ReferenceScores(Rule.Plain, 1, 5).Definition with { Score = PlainScore() }, Sample.Schema)]);

        Assert.False(plain.MayNeedSecondPass);
        Assert.True(new MeasureRun([KpiPlan.Create(High.Definition, Sample.Schema)]).MayNeedSecondPass);
        Assert.False(new MeasureRun([KpiPlan.Create(Engine.Kpi(Engine.Named("n", "count(*)")), Sample.Schema)]).MayNeedSecondPass);
    }

    [Fact]
    public void Results_WhenPassesAreNotOver_ThenIsAnError()
    {
        var run = new MeasureRun([KpiPlan.Create(High.Definition, Sample.Schema)]);

        Assert.Throws<InvalidOperationException>(() => run.Results);
        Assert.Throws<InvalidOperationException>(() => run.StartWorker(2, new Assay.Data.TextPool()));
    }

    private static ScoreDefinition PlainScore() => High.Definition.Score! with
    {
        Rules = [new ScoreRule(Assay.Data.ExpressionParser.Parse("rate > 0.5"), 1, new ReasonTemplate([new ReasonPart("high")]))],
    };

    private static void AssertPasses(ReferenceScores kpi, Row[] rows, int batchSize, bool needsSecond)
    {
        (string table, long flagged) = kpi.Compute(rows);
        var run = new MeasureRun([KpiPlan.Create(kpi.Definition, Sample.Schema)]);
        Engine.Pass(run, 1, rows, 1, batchSize, new Random(5), random: false);
        Assert.Equal(needsSecond, run.NeedsSecondPass);
        if (needsSecond)
        {
            Engine.Pass(run, 2, rows, 1, batchSize, new Random(6), random: false);
        }

        Assert.Equal(table, Engine.Show(run.Results[0]));
        Assert.Equal(flagged, run.Results[0].Flagged());
    }

    private static void Run(MeasureRun run, int pass, Row[][] shares)
    {
        var workers = new List<MeasureWorker>();
        foreach (Row[] share in shares)
        {
            var texts = new Assay.Data.TextPool();
            var batch = new Assay.Data.RowBatch(Sample.Schema, texts, 100);
            MeasureWorker worker = run.StartWorker(pass, texts, 100);
            foreach (Row[] rows in share.Chunk(100))
            {
                Sample.Fill(batch, rows, new Random(3));
                worker.Add(batch);
            }

            workers.Add(worker);
        }

        run.EndPass(workers);
    }

    private static Row[] Rows(int count, Func<int, Random, long> cents)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, count).Select(i => Sample.Of(i, i % 3 == 0 ? "North" : "South", 5 + (i % 4 == 0 ? 1 : 0), cents(i, random), i % 10_000))];
    }
}
