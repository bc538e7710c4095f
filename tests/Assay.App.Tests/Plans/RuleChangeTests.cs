using Assay.App.Plans;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace Assay.App.Tests.Plans;

/// <summary>Rows that were made by other rules: a run does not add to them.</summary>
public sealed class RuleChangeTests : IDisposable
{
    private const string Amount = """      amount: { type: "decimal(12,2)", required: true }""";
    private const string Where = Amount + "\n    where: amount > 15";
    private const string Refusal =
        "table `sales` was made by other rules: `where` changed; run with --full-refresh to make it anew from bronze, or take the change back";

    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Run_WhenARuleChanged_ThenStopsBeforeAnythingIsWrittenUntilAllIsMadeAnew()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        SortedDictionary<string, string> before = Kept();
        _shop.Change(Amount, Where);
        string second = _shop.Write("day2.csv", ShopPipeline.Day2);

        RunException refused = Assert.Throws<RunException>(() => _shop.Run(second));

        Assert.Equal((Refusal, ExitCodes.Usage), (refused.Message, ExitCodes.Of(refused)));
        Assert.Equal(before, Kept());
        Assert.Equal(2, _shop.Run(second, _shop.Options() with { FullRefresh = true }).Books.Filtered);
        Assert.Equal(1, _shop.Run(_shop.Write("day3.csv", "id,sold_at,amount\n9,2025-03-01,16.00\n")).Books.Accepted);
    }

    [Fact]
    public void Run_WhenTheChangeIsTakenBack_ThenGoesOn()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        _shop.Change(Amount, Where);
        string second = _shop.Write("day2.csv", ShopPipeline.Day2);
        Assert.Throws<RunException>(() => _shop.Run(second));

        _shop.Change("title: The shop", "title: Our shop");

        Assert.Equal(2, _shop.Run(second).Books.Accepted);
    }

    [Fact]
    public void Run_WhenNobodyNotedTheRules_ThenTakesThemForUnchangedOnceAndNotesThem()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        Forget(_shop);
        _shop.Change(Amount, Where);

        Assert.Equal(0, _shop.Run(_shop.Write("day2.csv", "id,sold_at,amount\n5,2025-03-01,20.00\n")).Books.Filtered);

        _shop.Change(Amount, Amount + "\n    where: amount > 16");
        Assert.Equal(Refusal, Assert.Throws<RunException>(() => _shop.Run(_shop.Write("day3.csv", ShopPipeline.Day2))).Message);
    }

    [Fact]
    public void Run_WhenAllRecordsWereLeftOutByTheOldRules_ThenStopsToo()
    {
        _shop.Change(Amount, Amount + "\n    where: amount > 1000");
        Assert.Equal(0, _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1)).Books.Accepted);

        _shop.Change(Amount, Where);

        Assert.Equal(Refusal, Assert.Throws<RunException>(() => _shop.Run(_shop.Write("day2.csv", ShopPipeline.Day2))).Message);
    }

    [Fact]
    public void Run_WhenNoRecordWasReadYet_ThenTheRulesMayChange()
    {
        _shop.Run(_shop.Write("day0.csv", "id,sold_at,amount\n"));
        _shop.Change(Amount, Where);

        Assert.Equal(1, _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1)).Books.Accepted);
    }

    [Fact]
    public void Run_WhenATableCameLater_ThenStopsAsItLacksTheFilesBefore()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Change("kpis:\n", "  ids: { from: sales, key: [id], columns: { id: { type: integer, required: true } } }\nkpis:\n");

        RunException refused = Assert.Throws<RunException>(() => _shop.Run(first));

        Assert.Equal(
            "table `ids` is new, and lacks the rows of the files that were loaded before; run with --full-refresh to make it anew from bronze, or take the change back",
            refused.Message);
        _shop.Run(first, _shop.Options() with { FullRefresh = true });
        Assert.Equal(3, _shop.Plan(first).Tables[1].Stored!.Rows);
    }

    [Fact]
    public void Run_WhenItOnlyLands_ThenTheRulesMayHaveChanged()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        _shop.Change(Amount, Where);

        RunOutcome landed = _shop.Run(_shop.Write("day2.csv", ShopPipeline.Day2), _shop.Options() with { Until = Layer.Bronze });

        Assert.False(Assert.Single(landed.Given).IsSeen);
    }

    [Fact]
    public void Run_WhenItOnlyMeasures_ThenStopsToo()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        _shop.Change(Amount, Where);

        Assert.Equal(Refusal, Assert.Throws<RunException>(() => _shop.Run(first, _shop.Options() with { TakesNoFiles = true })).Message);
    }

    [Fact]
    public void Plan_WhenARuleChanged_ThenSaysWhatTheRunSays()
    {
        string first = _shop.Write("day1.csv", ShopPipeline.Day1);
        _shop.Run(first);
        Assert.Null(_shop.Plan(first).Refusal);
        _shop.Change(Amount, Where);

        RunPlan plan = _shop.Plan(first);

        Assert.Equal((Refusal, true), (plan.Refusal, plan.NeedsRefresh));
        Assert.Null(_shop.Plan(first, _shop.Options() with { FullRefresh = true }).Refusal);
        using var json = new MemoryStream();
        PlanJson.Write(plan, json);
        Assert.Contains($"a run stops: {Refusal}", System.Text.Encoding.UTF8.GetString(json.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_WhenARuleChanged_ThenEndWithTheSameErrorAndReplaysToo()
    {
        using var shop = new RepairShop();
        shop.Load();
        string export = shop.Export("people");
        File.WriteAllText(shop.Pipeline, File.ReadAllText(shop.Pipeline)
            .Replace("check: value > 0", "check: value > 1", StringComparison.Ordinal).Replace("clean: [trim, upper]", "clean: [trim]", StringComparison.Ordinal));
        string expected = "error: table `receipts` was made by other rules: `receipt`, `total` changed; table `items` was made by other rules: `receipt` changed; "
            + "run with --full-refresh to make them anew from bronze, or take the change back\n";
        string[] set = ["--set", $"people={shop.At("people.csv")}", "--set", $"tills={shop.At("tills.xml")}"];

        ProgramResult run = shop.Run(["run", shop.Pipeline, .. set]);
        ProgramResult plan = shop.Run(["plan", shop.Pipeline, .. set]);
        ProgramResult replay = shop.Replay(export);

        Assert.Equal((2, expected, ""), (run.ExitCode, run.Error, run.Text));
        Assert.Equal((2, expected), (plan.ExitCode, plan.Error));
        Assert.EndsWith("`assay run` with the same options stops before it changes anything.\n", plan.Text, StringComparison.Ordinal);
        Assert.Equal((2, expected), (replay.ExitCode, replay.Error));
    }

    /// <summary>Makes the state one that knows no rules, as versions before left it.</summary>
    internal static void Forget(ShopPipeline shop)
    {
        using var state = new SqliteConnection($"Data Source={shop.Home.StateFile};Pooling=false");
        state.Open();
        using SqliteCommand command = state.CreateCommand();
        command.CommandText = "DELETE FROM rules";
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private SortedDictionary<string, string> Kept() =>
        new(AssayProgram.Snapshot(_shop.Home.Root).Where(file => !file.Key.StartsWith("runs", StringComparison.Ordinal) && !file.Key.Contains("assay.db", StringComparison.Ordinal))
            .ToDictionary(file => file.Key, file => file.Value), StringComparer.Ordinal);
}
