using System.Diagnostics;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Orders;

/// <summary>A run that ends on the way, at whatever moment, leaves a home that the next run makes right.</summary>
public sealed class CrashTests : IDisposable
{
    /// <summary>Where a file of the run must be before it is killed; where none is named, it is killed at a random moment.</summary>
    private static readonly (string Folder, string Pattern)?[] Moments =
    [
        ("bronze", "*-drop-*.xml"),
        ("silver", ".data.parquet.*.new"),
        (Path.Combine("gold", "orders"), "monthly_trends.csv"),
        (Path.Combine("gold", "orders"), "summary.json"),
        null,
        null,
    ];

    private readonly OrdersHome _home = new();
    private readonly Random _random = new(11);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Kill_WhenAtAnyStepOfARun_ThenTheNextRunComesToTheSameGold()
    {
        string people = People();
        _home.Run(people, Drop(0));
        int killed = 0;
        for (int i = 0; i < Moments.Length; i++)
        {
            string drop = Drop(i + 1);
            string before = _home.Home.CurrentGold("orders")!;
            SortedDictionary<string, string> gold = _home.Gold;
            killed += Kill(Moments[i], "--set", $"orders={drop}") ? 1 : 0;
            Assert.True(_home.Home.CurrentGold("orders") != before || _home.Gold.SequenceEqual(gold), "Gold changed and was not published.");

            _home.Run(people, drop);
            Assert.Equal(Enumerable.Range(0, i + 2).Select(k => $"drop-{k}.xml"), _home.Loaded("orders"));
        }

        Assert.True(killed > 0, "Every run ended before it was killed.");
        CheckWhole(people);
        Assert.Empty(Directory.GetDirectories(_home.Home.Gold("orders"), ".staging-*"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_home.Home.Root, "silver"), "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public void Kill_WhenSilverIsRebuilt_ThenTheNextRunComesToTheSameGold()
    {
        string people = People();
        _home.Run(people, Drop(0));
        _home.Run(people, Drop(1));
        SortedDictionary<string, string> gold = _home.Gold;
        int killed = 0;
        foreach ((string, string)? moment in new[] { Moments[1], Moments[3], null })
        {
            killed += Kill(moment, "--full-refresh") ? 1 : 0;
            Assert.Equal(gold, _home.Gold);
            Assert.Equal(0, _home.Run().Books.Read);
            Assert.Equal(gold, _home.Gold);
        }

        Assert.True(killed > 0, "Every run ended before it was killed.");
        CheckWhole(people);
    }

    [Fact]
    public void Run_WhenSilverCannotBePutInPlaceAfterTheCommit_ThenTheNextRunDoesAndGoldFollows()
    {
        string people = People();
        _home.Run(people, Drop(0));
        SortedDictionary<string, string> gold = _home.Gold;

        // A folder stands where the file of the new month belongs, so that the commit is made and its rename fails.
        string second = _home.Orders("drop-1.xml", new OrderLine("ORD-900", "9811111111", "2026-03-01T10:00:00", "900.00"));
        string obstacle = Path.Combine(_home.Home.Silver("orders"), "month=2026-03", "data.parquet");
        Directory.CreateDirectory(obstacle);
        StoreException failure = Assert.Throws<StoreException>(() => _home.Run(orders: second));
        Assert.Contains("month=2026-03", failure.Message, StringComparison.Ordinal);
        Assert.Equal(gold, _home.Gold);
        Assert.Equal(["drop-0.xml", "drop-1.xml"], _home.Loaded("orders"));

        // As long as it cannot be done, no run goes on as if it had been.
        Assert.Throws<StoreException>(() => _home.Run(orders: second));
        Directory.Delete(obstacle);
        RunOutcome completed = _home.Run(orders: second);
        Assert.Equal(0, completed.Books.Read);
        Assert.Contains("2026-03,900.00,1,1,900.00,", _home.Rows("monthly_trends"));
        CheckWhole(people);
    }

    [Fact]
    public void Run_WhenGoldCannotMoveOnAfterTheCommit_ThenTheNextRunPublishesIt()
    {
        string people = People();
        string first = Drop(0);

        // What should be a link is a folder with something in it: silver is put in place, gold cannot be.
        string current = Path.Combine(_home.Home.Gold("orders"), AssayHome.CurrentLink);
        Directory.CreateDirectory(Path.Combine(current, "obstacle"));
        Assert.Throws<StoreException>(() => _home.Run(people, first));
        Assert.NotEmpty(_home.Silver);
        Assert.Equal(["drop-0.xml"], _home.Loaded("orders"));
        Assert.Empty(_home.Gold);

        Directory.Delete(current, recursive: true);
        Assert.Equal(0, _home.Run().Books.Read);
        Assert.NotEmpty(_home.Gold);
        CheckWhole(people);
    }

    private void CheckWhole(string people)
    {
        using OrdersHome whole = new();
        whole.Run(people, _home.Program.At("drop-*.xml"));
        Assert.Equal(whole.Silver, _home.Silver);
        Assert.Equal(whole.Gold, _home.Gold);
    }

    private bool Kill((string Folder, string Pattern)? moment, params string[] arguments)
    {
        HashSet<string> known = Files(("", "*"));
        using Process process = _home.Program.Start(["run", "orders", "-q", .. arguments]);
        var waited = Stopwatch.StartNew();
        if (moment is { } at)
        {
            while (!process.HasExited && Files(at).IsSubsetOf(known))
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The program did not come as far as it should.");
            }
        }
        else
        {
            process.WaitForExit(_random.Next(200, 900));
        }

        bool isKilled = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return isKilled;
    }

    private HashSet<string> Files((string Folder, string Pattern) at)
    {
        try
        {
            return [.. Directory.GetFiles(Path.Combine(_home.Home.Root, at.Folder), at.Pattern, SearchOption.AllDirectories)];
        }
        catch (DirectoryNotFoundException)
        {
            // A folder went while it was looked through: the run is under way.
            return [];
        }
    }

    private string People() => _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South"), new Customer("CUST-2", "Vikram Das", "9822222222", "North"));

    /// <summary>Orders of three months; the later drops change some of the earlier.</summary>
    private string Drop(int number) => _home.Orders($"drop-{number}.xml", [.. Enumerable.Range(0, 60).Select(i => new OrderLine(
        $"ORD-{(number * 40) + i}",
        i % 2 == 0 ? "9811111111" : "9822222222",
        $"2025-{8 + (i % 3):00}-{1 + number:00}T10:{i:00}:00",
        $"{100 + number}.{i:00}"))]);
}
