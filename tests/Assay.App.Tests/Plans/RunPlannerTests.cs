using System.IO.Compression;
using System.Text;
using Assay.App.Plans;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Tests.Plans;

public sealed class RunPlannerTests : IDisposable
{
    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Plan_WhenNothingWasLoaded_ThenAllIsNewAndNotEvenTheHomeIsMade()
    {
        RunPlan plan = _shop.Plan(_shop.Write("day1.csv", ShopPipeline.Day1));

        Assert.False(Directory.Exists(_shop.Home.Root));
        Assert.Equal((FileUse.New, new RowEstimate(3, true)), Uses(plan).Single());
        Assert.Null(plan.LastRun);
        Assert.Equal((true, 0L), (plan.Tables[0].IsTouched, plan.Tables[0].Stored!.Rows));
        Assert.Equal(["by_month", "lately"], plan.Kpis.Select(kpi => kpi.Name));
        Assert.Equal(("7 days of sold_at", null), (plan.Kpis[1].Window, plan.Kpis[1].AsOf));
    }

    [Fact]
    public void Plan_WhenSomeFilesWereLoaded_ThenTellsThemByContentAndChangesNoFile()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Write("day2.csv", ShopPipeline.Day2);
        _shop.Write("day3.csv", ShopPipeline.Day1);
        _shop.Write("day4.csv", ShopPipeline.Day2);
        SortedDictionary<string, string> before = AssayProgram.Snapshot(_shop.Home.Root);

        RunPlan plan = _shop.Plan(first.Replace("day1", "day*", StringComparison.Ordinal));

        Assert.Equal(before, AssayProgram.Snapshot(_shop.Home.Root));
        Assert.Equal([FileUse.Seen, FileUse.New, FileUse.Seen, FileUse.Repeated], Uses(plan).Select(file => file.Use));
        Assert.Equal("as in the file loaded before", plan.Sources[0].Basis);
        // 55 bytes, where three rows had 75.
        Assert.Equal(new RowEstimate(2, false), plan.Rows);
        Assert.Equal((1, 2L), (plan.Tables[0].Stored!.Files, plan.Tables[0].Stored!.Rows));
        Assert.Equal(new DateTime(2025, 1, 3), plan.Kpis[1].AsOf);
        Assert.False(plan.IsConfigurationKept);
    }

    [Fact]
    public void Plan_WhenNothingIsNew_ThenSilverStays()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);

        RunPlan plan = _shop.Plan(first);

        Assert.Equal((false, new RowEstimate(0, true)), (plan.Tables[0].IsTouched, plan.Rows));
        Assert.True(plan.IsConfigurationKept);
    }

    [Fact]
    public void Plan_WhenItIsARebuild_ThenReadsBronzeAgain()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Run(_shop.Write("day2.csv", ShopPipeline.Day2));

        RunPlan plan = _shop.Plan(first, _shop.Options() with { FullRefresh = true });

        Assert.Equal(
            [(FileUse.Again, new RowEstimate(3, true)), (FileUse.Again, new RowEstimate(2, true)), (FileUse.Seen, null)],
            Uses(plan));
        Assert.Equal(new RowEstimate(5, true), plan.Rows);
    }

    [Theory]
    [InlineData(nameof(Layer.Bronze), 0, false)]
    [InlineData(nameof(Layer.Silver), 0, true)]
    [InlineData(nameof(Layer.Gold), 2, true)]
    public void Plan_WhenItIsToStopEarlier_ThenLeavesTheLayersBehindThatAlone(string until, int kpis, bool touched)
    {
        RunPlan plan = _shop.Plan(_shop.Write("day1.csv", ShopPipeline.Day1), _shop.Options() with { Until = Enum.Parse<Layer>(until) });

        Assert.Equal((kpis, touched), (plan.Kpis.Count, plan.Tables[0].IsTouched));
    }

    [Fact]
    public void Plan_WhenTheMomentIsGiven_ThenItIsTheKpis()
    {
        var moment = new DateTime(2025, 3, 1, 12, 0, 0);

        RunPlan plan = _shop.Plan(_shop.Write("day1.csv", ShopPipeline.Day1), _shop.Options() with { AsOf = moment });

        Assert.Equal((moment, true), (plan.Kpis[1].AsOf, plan.Kpis[1].IsAsOfFixed));
        Assert.Null(plan.Kpis[0].AsOf);
    }

    [Fact]
    public void Plan_WhenTheTablesColumnsChanged_ThenSaysHow()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Change(
            """      amount: { type: "decimal(12,2)", required: true }""",
            """
                  amount: { type: "decimal(14,2)", required: true }
                derive: { is_large: amount > 15 }
            """);

        RunPlan plan = _shop.Plan(first);

        Assert.Equal(
            [new ColumnDrift("amount", "decimal(12,2)", "decimal(14,2)", 1), new ColumnDrift("is_large", null, "boolean", 1)],
            plan.Tables[0].Stored!.Drift);
        Assert.True(plan.NeedsRefresh);
        Assert.Equal(
            "table `sales` was made by other rules: `amount` changed, `is_large` is new; run with --full-refresh to make it anew from bronze, or take the change back",
            plan.Refusal);
        Assert.Equal(plan.Refusal, Assert.Throws<RunException>(() => _shop.Run(first)).Message);

        // Where nobody noted the rules, the stored types tell.
        RuleChangeTests.Forget(_shop);
        Assert.Equal((null, true), (_shop.Plan(first).Refusal, _shop.Plan(first).NeedsRefresh));
        StoreException refused = Assert.Throws<StoreException>(() => _shop.Run(first));
        Assert.Contains("run again with --full-refresh", refused.Message, StringComparison.Ordinal);

        Assert.False(_shop.Plan(first, _shop.Options() with { FullRefresh = true }).NeedsRefresh);
        _shop.Run(first, _shop.Options() with { FullRefresh = true });
        Assert.Equal([], _shop.Plan(first).Tables[0].Stored!.Drift);
    }

    [Fact]
    public void Plan_WhenARunWouldFail_ThenFailsWithTheSameWords()
    {
        RunOptions afresh = _shop.Options() with { Home = new AssayHome(_shop.Home.Root + "-afresh") };
        foreach (string sales in new[] { "nothing.csv", "nothing*.csv" })
        {
            Exception ran = Assert.ThrowsAny<Exception>(() => _shop.Run(sales, afresh));
            Exception planned = Assert.ThrowsAny<Exception>(() => _shop.Plan(sales, afresh));
            Assert.Equal((ran.GetType(), ran.Message), (planned.GetType(), planned.Message));
        }
    }

    [Fact]
    public void Plan_WhenAFileLacksAColumn_ThenSaysSoBeforeItIsKept()
    {
        ReadException error = Assert.Throws<ReadException>(() => _shop.Plan(_shop.Write("other.csv", "id,amount\n1,2\n")));

        Assert.Equal((ReadErrorKind.MissingColumn, "sold_at"), (error.Kind, error.Column));
    }

    [Fact]
    public void Plan_WhenAnotherPipelineOwnsATable_ThenSaysSoAsARunDoes()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Change("pipeline: shop", "pipeline: shop_two");

        StoreException planned = Assert.Throws<StoreException>(() => _shop.Plan(first));

        Assert.Contains("silver/sales belongs to the pipeline `shop`", planned.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Throws<StoreException>(() => _shop.Run(first)).Message, planned.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_WhenAFileIsLarge_ThenEstimatesItsRowsFromItsBeginning(bool packed)
    {
        const int Rows = 200_000;
        var text = new StringBuilder("id,sold_at,amount\n");
        for (int i = 0; i < Rows; i++)
        {
            text.Append(1_000_000 + i).Append(",2025-01-02,").Append(i % 1000).Append(".00\n");
        }

        string file = _shop.Write("large.csv", text.ToString());
        if (packed)
        {
            using FileStream target = File.Create(file + ".gz");
            using var gzip = new GZipStream(target, CompressionLevel.Fastest);
            gzip.Write(File.ReadAllBytes(file));
            file += ".gz";
        }

        RunPlan plan = _shop.Plan(file);

        Assert.False(plan.Rows!.Value.IsExact || plan.Sources[0].Basis is null);
        Assert.InRange(plan.Rows.Value.Rows, Rows * 0.9, Rows * 1.1);
    }

    private static (FileUse Use, RowEstimate? Rows)[] Uses(RunPlan plan) => [.. plan.Sources.Single().Files.Select(file => (file.Use, file.Rows))];
}
