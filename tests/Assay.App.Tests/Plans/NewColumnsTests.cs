using Assay.App.Runs;

namespace Assay.App.Tests.Plans;

public sealed class NewColumnsTests : IDisposable
{
    private const string Amount = """      amount: { type: "decimal(12,2)", required: true }""";

    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Run_WhenAColumnCameLater_ThenSaysThatStoredRowsLackItUntilTheyAreMadeAnew()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        Assert.Equal([], Warnings("day2.csv", ShopPipeline.Day2));

        // Of a state that knows no rules, nobody can tell more than what the files lack.
        RuleChangeTests.Forget(_shop);
        _shop.Change(Amount, Amount + "\n    derive: { is_large: amount > 15 }");
        File.SetLastWriteTimeUtc(_shop.File, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

        Assert.Equal(
            ["rows of `sales` that were loaded before have no `is_large`, new since then; --full-refresh makes them anew"],
            Warnings("day3.csv", "id,sold_at,amount\n9,2025-03-01,1.00\n"));
        Assert.Equal([], Warnings("day3.csv", "id,sold_at,amount\n9,2025-03-01,1.00\n", _shop.Options() with { FullRefresh = true }));
        Assert.Equal([], Warnings("day4.csv", "id,sold_at,amount\n10,2025-03-01,1.00\n"));
    }

    private IReadOnlyCollection<string> Warnings(string name, string text, RunOptions? options = null)
    {
        var progress = new RunProgress();
        new PipelineRun(_shop.Load(_shop.Write(name, text)), options ?? _shop.Options(), progress).Execute(CancellationToken.None);
        return progress.Warnings;
    }
}
