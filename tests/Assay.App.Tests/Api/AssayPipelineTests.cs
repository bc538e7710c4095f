using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.Plans;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Tests.Api;

public sealed class AssayPipelineTests : IDisposable
{
    private readonly ShopPipeline _shop = new();
    private readonly AssayRunOptions _options;

    public AssayPipelineTests() => _options = new AssayRunOptions { Home = _shop.Home.Root, Threads = 2 };

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Run_WhenItWentWell_ThenGivesTypedResultsBooksAndPlaces()
    {
        AssayRun run = await Shop("day1.csv", ShopPipeline.Day1).RunAsync(_options);

        AssayTable table = run.Kpis["by_month"];
        Assert.Equal(["month", "revenue", "sales"], table.Columns.Select(column => column.Name));
        AssayRow row = Assert.Single(table.Rows);
        Assert.Equal(("2025-01", 30.00m, 2L), (row["month"], row["revenue"], row["sales"]));
        Assert.Equal(("30.00", 30m, 2, "2025-01"), (row.Get<string>("revenue"), row.Get<decimal?>("revenue"), row.Get<int>("sales"), row.Get<string>("month")));
        Assert.Equal(30.00m, table.Totals["total_revenue"]);
        Assert.Equal(new RunBooks(3, 2, 1, 0, 0), run.Books["sales"]);
        Assert.Equal(run.Books["sales"], run.CumulativeBooks["sales"]);
        Assert.Equal(("shop", new DateTime(2025, 1, 3), 67), (run.Pipeline, run.AsOf, run.Score));
        Assert.Equal((DateTimeKind.Unspecified, 0), (run.AsOf!.Value.Kind, run.Warnings.Count));
        Assert.Equal(_shop.Home.CurrentGold("shop"), run.GoldFolder);
        Assert.Contains("oops", File.ReadAllText(run.QuarantineFiles["sales"]), StringComparison.Ordinal);
        AssayFile file = Assert.Single(run.Files);
        Assert.Equal((ShopPipeline.Day1.Length, 64, false), (file.Bytes, file.Sha256!.Length, file.IsSeen));
    }

    [Fact]
    public async Task Layers_WhenMadeOneByOne_ThenEachChangesItsOwnAndTogetherTheyAreARun()
    {
        AssayPipeline shop = Shop("day1.csv", ShopPipeline.Day1);

        AssayRun landed = await shop.LandAsync(_options);
        Assert.Equal((0, 0L, null), (landed.Kpis.Count, landed.Books["sales"].Read, landed.GoldFolder));
        Assert.Equal([], SilverSnapshot.Current(_shop.Home, "sales").Files);
        Assert.False(Assert.Single(landed.Files).IsSeen);

        AssayRun loaded = await shop.LoadAsync(_options);
        Assert.Equal((0, 2L, null), (loaded.Kpis.Count, loaded.Books["sales"].Accepted, loaded.GoldFolder));
        Assert.Null(_shop.Home.CurrentGold("shop"));

        AssayRun measured = await shop.MeasureAsync(_options);
        Assert.Empty(measured.Files);
        Assert.Equal((0L, 3L), (measured.Books["sales"].Read, measured.CumulativeBooks["sales"].Read));
        SortedDictionary<string, string> stepwise = Gold(measured);

        AssayRun whole = await shop.RunAsync(_options with { Home = _shop.Home.Root + "-whole" });
        Assert.Equal(Gold(whole), stepwise);
    }

    [Fact]
    public async Task Measure_WhenFilesAreNew_ThenLeavesThemAlone()
    {
        AssayPipeline shop = Shop("day1.csv", ShopPipeline.Day1);
        await shop.LoadAsync(_options);

        AssayRun measured = await Shop("day2.csv", ShopPipeline.Day2).MeasureAsync(_options);
        Assert.Equal(30.00m, measured.Kpis["by_month"].Totals["total_revenue"]);

        AssayRun run = await Shop("day*.csv", null).RunAsync(_options);
        Assert.Equal(40.50m, run.Kpis["by_month"].Totals["total_revenue"]);
        Assert.Equal([true, false], run.Files.Select(file => file.IsSeen));
    }

    [Fact]
    public async Task Measure_WhenNothingWasLoaded_ThenSaysToLoadFirst()
    {
        AssayPipeline shop = Shop("day1.csv", ShopPipeline.Day1);

        RunException error = await Assert.ThrowsAsync<RunException>(() => shop.MeasureAsync(_options));

        Assert.Equal("nothing of `shop` was loaded yet, so there is nothing to measure; load files first", error.Message);
        Assert.Null(_shop.Home.CurrentGold("shop"));
    }

    [Fact]
    public async Task Rules_WhenAProgramBringsThem_ThenThePipelineUsesThemByName()
    {
        _shop.Change("required: true }\n      sold_at", "required: true, clean: [plain_id] }\n      sold_at");
        Assert.Throws<DefinitionException>(() => Shop("day1.csv", ShopPipeline.Day1));

        AssayPipeline shop = AssayPipeline.Load(
            _shop.File,
            registry => registry.AddRule("plain_id", text => text == "2" ? null : text.TrimStart('S'), "any number but 2"),
            new Dictionary<string, string> { ["sales"] = _shop.Write("day1.csv", ShopPipeline.Day1) });
        AssayRun run = await shop.RunAsync(_options);

        Assert.Equal(10.00m, run.Kpis["by_month"].Totals["total_revenue"]);
        Assert.Contains(",id,rule_failed,2,any number but 2,", File.ReadAllText(run.QuarantineFiles["sales"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_WhenTheySayMissing_ThenTheValueIs()
    {
        _shop.Change("amount: { type: \"decimal(12,2)\", required: true }", "amount: { type: \"decimal(12,2)\", clean: [known] }");

        AssayPipeline shop = AssayPipeline.Load(
            _shop.File,
            registry => registry.AddRule("known", text => text == "oops" ? default : new CleanText(text), "an amount"),
            new Dictionary<string, string> { ["sales"] = _shop.Write("day1.csv", ShopPipeline.Day1) });
        AssayRun run = await shop.RunAsync(_options);

        Assert.Equal(3L, run.Books["sales"].Accepted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Aggregates_WhenAProgramBringsThem_ThenGetAllValuesInOrder(int threads)
    {
        _shop.Change("sales: count(*) }", "middle: middle(amount), none: middle(amount / 0) }");
        var seen = new List<decimal[]>();
        AssayPipeline shop = AssayPipeline.Load(
            _shop.File,
            registry => registry.AddAggregate("middle", 4, values =>
            {
                lock (seen)
                {
                    seen.Add([.. values]);
                }

                return values.Count == 0 ? null : -values[values.Count / 2] / 3;
            }),
            new Dictionary<string, string>
            {
                ["sales"] = _shop.Write("many.csv", "id,sold_at,amount\n" + string.Concat(Enumerable.Range(0, 99).Select(i => $"{i},2025-01-02,{i * 37 % 99}.50\n"))),
            });

        AssayRun run = await shop.RunAsync(_options with { Threads = threads });

        // Of 0.50 to 98.50, the middle is 49.50.
        Assert.Equal(-16.5m, run.Kpis["by_month"].Rows[0].Get<decimal>("middle"));
        Assert.Equal("-16.5000", run.Kpis["by_month"].Rows[0].Get<string>("middle"));
        Assert.Null(run.Kpis["by_month"].Rows[0]["none"]);
        Assert.Contains(seen, values => values.Length == 99 && values.SequenceEqual(values.Order()));
    }

    [Fact]
    public async Task Run_WhenItIsCancelled_ThenThrowsAndPublishesNothing()
    {
        AssayPipeline shop = Shop("day1.csv", ShopPipeline.Day1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shop.RunAsync(_options, new CancellationToken(canceled: true)));

        Assert.Null(_shop.Home.CurrentGold("shop"));
    }

    [Fact]
    public async Task Run_WhenACheckDoesNotHold_ThenTheExceptionHasWhatWasFound()
    {
        File.AppendAllText(_shop.File, "checks:\n  - { table: sales, name: few_rejects, rule: \"quarantined = 0\" }\n");
        AssayPipeline shop = Shop("day1.csv", ShopPipeline.Day1);

        CheckException error = await Assert.ThrowsAsync<CheckException>(() => shop.RunAsync(_options));

        Assert.Equal(("few_rejects", false), (error.Broken[0].Name, error.Broken[0].IsWarning));
    }

    [Fact]
    public async Task Run_WhenTheMomentIsInUtc_ThenIsBroughtToThePipelinesZone()
    {
        _shop.Change("title: The shop\n", "title: The shop\ntime_zone: Asia/Kolkata\n");

        AssayRun run = await Shop("day1.csv", ShopPipeline.Day1)
            .RunAsync(_options with { AsOf = new DateTime(2025, 1, 8, 20, 0, 0, DateTimeKind.Utc) });

        // The 9th begins at 18:30 UTC; seven days before it lies the 2nd, which is left out.
        Assert.Equal(new DateTime(2025, 1, 9), run.AsOf);
        Assert.Equal(20.00m, run.Kpis["lately"].Rows[0]["revenue"]);
    }

    [Fact]
    public async Task StreamingPipelines_WhenAskedForALayer_ThenSayThatTheyHaveNone()
    {
        AssayPipeline sales = AssayPipeline.Load("sales").Set("file", Path.Combine(House.Repository.Root, AssayProgram.Sample));

        foreach (Func<Task<AssayRun>> step in new[] { () => sales.LandAsync(_options), () => sales.LoadAsync(_options), () => sales.MeasureAsync(_options) })
        {
            RunException error = await Assert.ThrowsAsync<RunException>(step);
            Assert.StartsWith("`sales` keeps no layers", error.Message, StringComparison.Ordinal);
        }

        AssayRun run = await sales.RunAsync(_options with { DryRun = true });
        Assert.Equal((28L, null), (run.Books["sales"].Accepted, run.GoldFolder));
        Assert.Equal([.. sales.Kpis], run.Kpis.Keys);
        Assert.False(Directory.Exists(_shop.Home.Root));
    }

    [Fact]
    public void Set_WhenGivenAValue_ThenLeavesThePipelineItWasCalledOn()
    {
        AssayPipeline first = Shop("day1.csv", ShopPipeline.Day1);
        AssayPipeline second = first.Set("sales", "other.csv");

        Assert.EndsWith("day1.csv", first.Variables["sales"], StringComparison.Ordinal);
        Assert.Equal("other.csv", second.Variables["sales"]);
        DefinitionException error = Assert.Throws<DefinitionException>(() => first.Set("sale", "x"));
        Assert.Contains("did you mean `sales`?", error.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trim")]
    [InlineData("No")]
    public void Rules_WhenTheNameIsTakenOrNone_ThenAreRefused(string name) =>
        Assert.Throws<ArgumentException>(() => AssayPipeline.Load(_shop.File, registry => registry.AddRule(name, text => text, "anything")));

    private AssayPipeline Shop(string name, string? text)
    {
        string file = text is null ? Path.Combine(Path.GetDirectoryName(_shop.File)!, name) : _shop.Write(name, text);
        return AssayPipeline.Load(_shop.File, variables: new Dictionary<string, string> { ["sales"] = file });
    }

    private static SortedDictionary<string, string> Gold(AssayRun run) => new(
        Directory.GetFiles(run.GoldFolder!).ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);
}
