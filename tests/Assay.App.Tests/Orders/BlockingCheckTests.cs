using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Orders;

/// <summary>What a check finds decides whether anything is published, and is kept.</summary>
public sealed class BlockingCheckTests : IDisposable
{
    private static readonly OrderLine Good = new("ORD-1", "9811111111", "2025-10-01T10:00:00", "100.00");
    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    private string People => _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South"));

    [Fact]
    public void Run_WhenAnErrorCheckDoesNotHold_ThenNothingChangesButItsHistory()
    {
        _home.Run(People, _home.Orders("first.xml", Good));
        (SortedDictionary<string, string> gold, SortedDictionary<string, string> silver) = (_home.Gold, _home.Silver);
        string bad = _home.Orders(
            "bad.xml",
            Good with { Order = "ORD-2" },
            Good with { Order = "ORD-3", Total = "0" },
            Good with { Order = "ORD-4", Date = "not known" });
        CheckException failure = Assert.Throws<CheckException>(() => _home.Run(orders: bad));
        Assert.Equal("check `few_rejects` of `orders` does not hold: expected rejected_rate <= 0.2, found rejected_rate = 0.666667", failure.Message);
        Assert.Equal(gold, _home.Gold);
        Assert.Equal(silver, _home.Silver);
        Assert.Equal(["first.xml"], _home.Loaded("orders"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_home.Home.Root, "silver"), "*.new", SearchOption.AllDirectories));

        // What was set aside can be looked at, and repaired.
        Assert.Equal(["not_a_date", "check_failed"], _home.Rejects("orders").Select(row => row.Code).OrderDescending());

        using (StateDatabase state = StateDatabase.OpenToRead(_home.Home)!)
        {
            CheckEntry[] history = [.. state.CheckHistory("orders", "few_rejects").Where(entry => entry.Outcome.Table == "orders")];
            Assert.Equal([true, false], history.Select(entry => entry.Outcome.Holds));
            Assert.Equal(("rejected_rate = 0.666667", "rejected_rate <= 0.2", CheckSeverity.Error), (history[1].Outcome.Observed, history[1].Outcome.Expected, history[1].Outcome.Severity));
            Assert.Equal(2, state.QualityHistory("orders").Count);
            Assert.Single(state.Batches("orders"));
        }

        _home.Run(orders: _home.Orders("repaired.xml", Good with { Order = "ORD-2" }));
        Assert.Equal(["2025-10,200.00,2,1,100.00,"], _home.Rows("monthly_trends"));
    }

    [Fact]
    public void Program_WhenAnErrorCheckDoesNotHold_ThenEndsWithOne()
    {
        string bad = _home.Orders("bad.xml", Good, Good with { Order = "ORD-2", Total = "nothing" });
        EndToEnd.ProgramResult result = _home.Program.Run("run", "orders", "--set", $"customers={People}", "--set", $"orders={bad}");
        Assert.Equal(
            ["error: check `few_rejects` of `orders` does not hold: expected rejected_rate <= 0.2, found rejected_rate = 0.500000"],
            result.Errors);
        Assert.Equal(("", 1), (result.Text, result.ExitCode));
        Assert.Empty(_home.Gold);
        Assert.Empty(_home.Silver);
        Assert.Empty(_home.Loaded("customers"));
    }

    [Fact]
    public void Run_WhenOnlyAWarningDoesNotHold_ThenPublishesAndKeepsWhatWasFound()
    {
        RunOutcome outcome = _home.Run(People, _home.Orders("first.xml", Good, Good with { Order = "ORD-2", Mobile = "9899999999" }));
        Assert.Equal(["relationships_mobile_number"], outcome.BrokenChecks.Select(check => check.Name));
        Assert.Equal(["2025-10,200.00,2,2,100.00,"], _home.Rows("monthly_trends"));
        using StateDatabase state = StateDatabase.OpenToRead(_home.Home)!;
        CheckEntry entry = Assert.Single(state.CheckHistory("orders", "relationships_mobile_number"));
        Assert.Equal((false, CheckSeverity.Warn, outcome.RunId), (entry.Outcome.Holds, entry.Outcome.Severity, entry.RunId));
        Assert.Equal("1 of 2 rows without one", entry.Outcome.Observed);
    }

    [Fact]
    public void Run_WhenACheckOverAllRowsDoesNotHold_ThenLaterFilesAreHeldBackToo()
    {
        string yaml = File.ReadAllText(OrdersHome.Pipeline) + "  - { table: order_lines, name: small, rows: sku_count < 5, at_most: 1 }\n";
        _home.Run(People, _home.Orders("first.xml", Good, Good with { Order = "ORD-2", Count = "5" }), yaml: yaml);
        CheckException failure = Assert.Throws<CheckException>(
            () => _home.Run(orders: _home.Orders("more.xml", Good with { Order = "ORD-3" }, Good with { Order = "ORD-4", Count = "9" }), yaml: yaml));
        Assert.Contains("found 2 of 4 rows in which it does not hold", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["first.xml"], _home.Loaded("orders"));
        Assert.Equal(["2025-10,200.00,2,1,100.00,"], _home.Rows("monthly_trends"));
    }
}
