using System.Diagnostics;
using Assay.App.Cli;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Orders;

/// <summary>How a run is done does not change what it comes to.</summary>
public sealed class RunOptionTests : IClassFixture<RunOptionTests.PlainRun>, IDisposable
{
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private readonly PlainRun _plain;
    private readonly OrdersHome _home = new();

    public RunOptionTests(PlainRun plain) => _plain = plain;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(1, 64)]
    [InlineData(4, 64)]
    public void Gold_WhenReadWithAnyThreadsAndBlocks_ThenIsTheSameBytes(int threads, int? blockSize)
    {
        Run(options => options with { Threads = threads, BlockSize = blockSize });
        CheckPlain();
        Assert.Equal(_plain.Rejects, Rejects(_home));
    }

    [Fact]
    public void Gold_WhenTheRunIsTakenLayerByLayer_ThenIsTheSameBytes()
    {
        RunOutcome bronze = Run(options => options with { Until = Layer.Bronze });
        Assert.Equal(2, bronze.Given.Count);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_home.Home.Root, "bronze"), "*.manifest.json", SearchOption.AllDirectories).Length);
        Assert.Empty(_home.Silver);
        Assert.Empty(_home.Loaded("orders"));

        Run(options => options with { Until = Layer.Silver });
        Assert.Equal(_plain.Silver, _home.Silver);
        Assert.Empty(_home.Gold);

        RunOutcome gold = _home.Run();
        Assert.Equal(0, gold.Books.Read);
        CheckPlain();
    }

    [Fact]
    public void AsOf_WhenItIsTheNewestOrdersMoment_ThenChangesNothing()
    {
        Assert.Equal("2025-10-21T18:00:00", _plain.AsOf);
        foreach (string moment in new[] { "2025-10-21T18:00:00", "2025-10-21 18:00", "2025-10-21T12:30:00Z", "2025-10-21T14:30:00+02:00" })
        {
            Run(options => options with { AsOf = LayerOptions.ParseMoment(moment, Kolkata) });
            CheckPlain();
        }
    }

    [Fact]
    public void AsOf_WhenItIsADate_ThenMeansTheEndOfThatDay()
    {
        _home.Program.Run(
            "run", "orders", "-q", "--set", $"customers={SampleTests.SampleRun.Customers}", "--set", $"orders={SampleTests.SampleRun.Orders}", "--as-of", "2025-09-30");
        Assert.Equal("2025-09-30T23:59:59.999999", _home.Json("summary").GetProperty("as_of").GetString());

        // The order of 2025-08-31T23:59:59 is 30 days and less than a second old: it is out, and October is not yet.
        Assert.Empty(_home.Rows("top_customers"));

        _home.Run(options: options => options with { AsOf = LayerOptions.ParseMoment("2025-09-30T23:59:58", Kolkata) });
        Assert.Equal(["CUST-101,Asha Nair,South,1000.10,1,1000.10,2025-08-31 23:59:59,VIP"], _home.Rows("top_customers"));
    }

    [Fact]
    public async Task Run_WhenAnotherOfThePipelineIsUnderWay_ThenWaitsForIt()
    {
        Task<RunOutcome> second;
        using (PipelineLock.Take(_home.Home, "orders"))
        {
            second = Task.Run(() => Run(options => options));
            await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(TimeSpan.FromMilliseconds(300)));
            Assert.Empty(_home.Silver);
        }

        await second.WaitAsync(TimeSpan.FromSeconds(30));
        CheckPlain();
    }

    [Fact]
    public void Runs_WhenSeveralAreStartedAtOnce_ThenEachFileIsLoadedOnce()
    {
        string[] drops = [.. Enumerable.Range(0, 3).Select(i => _home.Orders($"drop-{i}.xml", new OrderLine($"ORD-{i}", "9811111111", $"2025-1{i}-01T10:00:00", "10.00")))];
        string people = _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South"));
        Process[] running = [.. drops.Append(drops[0]).Select(drop => _home.Program.Start("run", "orders", "-q", "--set", $"customers={people}", "--set", $"orders={drop}"))];
        foreach (Process process in running)
        {
            ProgramResult result = AssayProgram.Finish(process);
            Assert.Equal(("", "", 0), (result.Text, result.Error, result.ExitCode));
            process.Dispose();
        }

        Assert.Equal(["drop-0.xml", "drop-1.xml", "drop-2.xml"], _home.Loaded("orders").Order(StringComparer.Ordinal));
        Assert.Equal(["2025-10,10.00,1,1,10.00,", "2025-11,10.00,1,1,10.00,0.000000", "2025-12,10.00,1,1,10.00,0.000000"], _home.Rows("monthly_trends"));
    }

    [Fact]
    public void Run_WhenAnotherPipelineOwnsItsTables_ThenIsRefused()
    {
        Run(options => options);
        string yaml = File.ReadAllText(OrdersHome.Pipeline).Replace("pipeline: orders", "pipeline: shop", StringComparison.Ordinal);
        StoreException failure = Assert.Throws<StoreException>(() => _home.Run(SampleTests.SampleRun.Customers, SampleTests.SampleRun.Orders, yaml: yaml));
        Assert.Equal(
            "silver/customers belongs to the pipeline `orders`, so `shop` cannot write it; give the table another name, or set ASSAY_HOME to a folder of its own",
            failure.Message);
        CheckPlain();
        Assert.Null(_home.Home.CurrentGold("shop"));
    }

    [Theory]
    [InlineData("customers", "orders")]
    [InlineData("orders", "customers")]
    public void Run_WhenOneOfTwoInputsIsGivenAtFirst_ThenAsksForTheOther(string given, string missing)
    {
        string file = given == "orders" ? SampleTests.SampleRun.Orders : SampleTests.SampleRun.Customers;
        ProgramResult result = _home.Program.Run("run", "orders", "--set", $"{given}={file}");
        Assert.Equal(
            [$"error: no file is given for `{missing}`, only for the others; a sample is made only when none is given. Name its file with --set"],
            result.Errors);
        Assert.Equal(("", 3), (result.Text, result.ExitCode));
        Assert.Empty(_home.Gold);
    }

    [Fact]
    public void Run_WhenNothingIsGivenAfterRealFiles_ThenAddsNoSample()
    {
        Run(options => options);
        Assert.Empty(_home.Run().Given);
        CheckPlain();
        Assert.Equal(0, _home.Run(orders: _home.Orders("empty.xml")).Books.Read);
        CheckPlain();
        Assert.False(Directory.Exists(Path.Combine(_home.Home.Root, "samples")));
    }

    [Fact]
    public void Month_WhenATimeHasAnOffset_ThenIsThatOfThePipelinesZone()
    {
        _home.Run(
            _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South")),
            _home.Orders(
                "orders.xml",
                new OrderLine("ORD-1", "9811111111", "2025-10-31T20:00:00Z", "1.00"),
                new OrderLine("ORD-2", "9811111111", "2025-10-31T20:00:00", "2.00"),
                new OrderLine("ORD-3", "9811111111", "2025-11-01T02:00:00+08:00", "4.00"),
                new OrderLine("ORD-4", "9811111111", "2025-11-01T00:30:00+05:30", "8.00")));

        // 20:00 in London is 01:30 of November in Kolkata, 02:00 in Singapore 23:30 of October.
        Assert.Equal(["2025-10,6.00,2,1,3.00,", "2025-11,9.00,2,1,4.50,0.500000"], _home.Rows("monthly_trends"));
        Assert.Equal(["0,1,8.00", "1,1,1.00", "20,1,2.00", "23,1,4.00"], _home.Rows("seasonal_hours"));
        Assert.Equal("2025-11-01T01:30:00", _home.Json("summary").GetProperty("as_of").GetString());
    }

    private RunOutcome Run(Func<RunOptions, RunOptions> options) => _home.Run(SampleTests.SampleRun.Customers, SampleTests.SampleRun.Orders, options);

    private void CheckPlain()
    {
        Assert.Equal(_plain.Silver, _home.Silver);
        Assert.Equal(_plain.Gold, _home.Gold);
    }

    private static string[] Rejects(OrdersHome home) => [.. new[] { "customers", "orders", "order_lines" }.SelectMany(
        table => Directory.GetFiles(home.Home.Quarantine(table), "*.csv").Select(File.ReadAllText))];

    /// <summary>The sample, loaded in the plainest way.</summary>
    public sealed class PlainRun
    {
        public PlainRun()
        {
            using OrdersHome home = new();
            home.Run(SampleTests.SampleRun.Customers, SampleTests.SampleRun.Orders);
            (Gold, Silver, Rejects) = (home.Gold, home.Silver, RunOptionTests.Rejects(home));
            AsOf = home.Json("summary").GetProperty("as_of").GetString()!;
        }

        internal SortedDictionary<string, string> Gold { get; }

        internal SortedDictionary<string, string> Silver { get; }

        internal string[] Rejects { get; }

        internal string AsOf { get; }
    }
}
