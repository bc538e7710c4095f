using System.Text.Json;

namespace Assay.Store.Tests;

public sealed class RunTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 10, 26, 53, 123, TimeSpan.FromHours(1));
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void RunId_WhenMade_ThenIsTheUtcTimeThenProcessAndCount()
    {
        Assert.Equal("20260314-092653123-00001-0", RunId.Make(Start, 1, 0));
        Assert.Equal("20260314-092653123-02hsw-10", RunId.Make(Start, 116_384, 36));
        Assert.Equal("20260314-092653123-zik0zj-zik0zj", RunId.Make(Start, int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void RunId_WhenLater_ThenSortsLaterAsText()
    {
        string[] ids = [.. new[] { 0, 1, 999, 60_000, 86_400_000 }.Select(ms => RunId.Make(Start.AddMilliseconds(ms), 9, 0))];

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RunId_WhenTheClockStandsStill_ThenIdsDiffer()
    {
        var clock = new StoppedClock(Start);

        string[] ids = [.. Enumerable.Range(0, 100).Select(_ => RunId.New(clock))];

        Assert.Equal(100, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("20260314-092653123-", id, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.Equal(id, AssayHome.Plain(id)));
    }

    [Fact]
    public void Manifest_WhenSaved_ThenEqualsTheGoldenFileAndReadsBack()
    {
        RunManifest manifest = Manifest();

        manifest.Save(_temporary.Home);

        string path = RunManifest.PathOf(_temporary.Home, "r1");
        string golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "manifest.json"));
        Assert.Equal(golden, File.ReadAllText(path));
        RunManifest? read = RunManifest.Load(_temporary.Home, "r1");
        Assert.NotNull(read);
        Assert.Equal(manifest.Books["orders"], read.Books["orders"]);
        Assert.Equal(manifest.Inputs, read.Inputs);
        Assert.Equal(manifest.Timings, read.Timings);
        Assert.Equal(manifest.Versions, read.Versions);
        Assert.Equal(RunStatus.Completed, read.Status);
        Assert.Equal(manifest.Finished, read.Finished);
        // Written once more it is the same, so that no member was lost in reading.
        read.Save(_temporary.Home);
        Assert.Equal(golden, File.ReadAllText(path));
        Assert.Equal(["manifest.json"], TemporaryHome.Names(_temporary.Home.Run("r1")));
    }

    [Fact]
    public void Manifest_WhenThePipelineKeepsSilver_ThenTellsWhatBecameOfIt()
    {
        RunManifest manifest = Manifest() with
        {
            Batch = 12,
            Layers = ["bronze", "silver", "gold"],
            Until = "silver",
            AsOf = "2026-03-14 10:00:00",
            Inputs = [new RunInput("in/a.csv", 5, new string('a', 64)) { Source = "drops", Seen = false }, new RunInput("in/b.csv", 5, new string('b', 64)) { Source = "drops", Seen = true }],
            CumulativeBooks = new Dictionary<string, RunBooks> { ["orders"] = new(110, 100, 4, 5, 1) },
            Silver = new Dictionary<string, SilverRows> { ["orders"] = new(7, 3, 100) },
            Checks = [new CheckOutcome("orders", "few_rejects", CheckSeverity.Error, false, "0.12", "<= 0.05"), new CheckOutcome("orders", "fresh", CheckSeverity.Warn, true)],
        };

        manifest.Save(_temporary.Home);

        string golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "manifest-silver.json"));
        Assert.Equal(golden, File.ReadAllText(RunManifest.PathOf(_temporary.Home, "r1")));
        RunManifest read = RunHistory.Find(_temporary.Home, "r1")!;
        Assert.Equal(manifest.Inputs, read.Inputs);
        Assert.Equal(manifest.Checks, read.Checks);
        Assert.Equal((12L, "silver", "2026-03-14 10:00:00"), (read.Batch!.Value, read.Until, read.AsOf));
        read.Save(_temporary.Home);
        Assert.Equal(golden, File.ReadAllText(RunManifest.PathOf(_temporary.Home, "r1")));
    }

    [Fact]
    public void History_WhenThereAreRuns_ThenNamesThemNewestFirst()
    {
        Assert.Empty(RunHistory.NewestFirst(_temporary.Home));
        foreach (string id in new[] { "20260314-1", "20260316-1", "20260315-1" })
        {
            (Manifest() with { RunId = id }).Save(_temporary.Home);
        }

        using PipelineLock held = PipelineLock.Take(_temporary.Home, "shop");
        Directory.CreateDirectory(Path.Combine(_temporary.Home.Runs, ".hidden"));

        Assert.Equal(["20260316-1", "20260315-1", "20260314-1"], RunHistory.NewestFirst(_temporary.Home));
        Assert.Equal("20260315-1", RunHistory.Find(_temporary.Home, "20260315-1")!.RunId);
        Assert.Null(RunHistory.Find(_temporary.Home, "none"));
        Assert.Null(RunHistory.Find(_temporary.Home, "../runs/20260315-1"));
        File.WriteAllText(RunManifest.PathOf(_temporary.Home, "20260315-1"), "{");
        Assert.Throws<StoreException>(() => RunHistory.Find(_temporary.Home, "20260315-1"));
    }

    [Fact]
    public void Manifest_WhenARunWasKilled_ThenStillSaysRunning()
    {
        RunManifest running = Manifest() with { Status = RunStatus.Running, Finished = null, ExitCode = null };

        running.Save(_temporary.Home);

        RunManifest? read = RunManifest.Load(_temporary.Home, "r1");
        Assert.Equal(RunStatus.Running, read!.Status);
        Assert.Null(read.Finished);
        Assert.Equal(4711, read.ProcessId);
    }

    [Theory]
    [InlineData(RunStatus.Running, "running")]
    [InlineData(RunStatus.Completed, "completed")]
    [InlineData(RunStatus.ChecksFailed, "checks_failed")]
    [InlineData(RunStatus.Failed, "failed")]
    [InlineData(RunStatus.Cancelled, "cancelled")]
    public void Manifest_WhenSaved_ThenTheStatusHasItsStableName(RunStatus status, string name)
    {
        (Manifest() with { Status = status }).Save(_temporary.Home);

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(RunManifest.PathOf(_temporary.Home, "r1")));
        Assert.Equal(name, document.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void Manifest_WhenThereIsNone_ThenLoadsNull() => Assert.Null(RunManifest.Load(_temporary.Home, "r9"));

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"pipeline":null}""")]
    public void Manifest_WhenTheFileIsNotOne_ThenIsRefused(string text)
    {
        AtomicFile.Write(RunManifest.PathOf(_temporary.Home, "r1"), s => s.Write(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Throws<JsonException>(() => RunManifest.Load(_temporary.Home, "r1"));
    }

    [Fact]
    public void Books_WhenARowIsMissing_ThenDoNotBalance()
    {
        Assert.True(new RunBooks(10, 5, 3, 1, 1).Balance);
        Assert.False(new RunBooks(10, 5, 3, 1, 0).Balance);
    }

    private static RunManifest Manifest() => new()
    {
        Pipeline = "shop",
        RunId = "r1",
        Status = RunStatus.Completed,
        Started = Start.ToUniversalTime(),
        Finished = Start.ToUniversalTime().AddSeconds(2),
        ProcessId = 4711,
        ConfigurationHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Engine = "memory",
        Threads = 2,
        Inputs = [new RunInput("in/orders é \"1\".csv", 123), new RunInput("-", null)],
        Books = new Dictionary<string, RunBooks> { ["orders"] = new(10, 5, 3, 1, 1) },
        Timings = [new RunTiming("read", 1.25), new RunTiming("publish", 0.01)],
        RowsPerSecond = 5,
        MegabytesPerSecond = 0.0000615,
        PeakMemoryBytes = 40_000_000,
        Versions = new RunVersions("0.1.0", "10.0.0", "Linux x64"),
        ExitCode = 0,
    };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
