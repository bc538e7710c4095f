using Assay.Store;

namespace Assay.App.Tests.EndToEnd;

/// <summary><c>assay runs</c> over manifests written by hand, so that its text is the same each time.</summary>
public sealed class RunsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, 123, TimeSpan.Zero);
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void List_WhenThereAreRuns_ThenTellsTheNewestFirst()
    {
        WriteRuns();

        GoldenFile.Check(Path.Combine("cli", "runs-list.txt"), Text("runs", "list"));
        GoldenFile.Check(Path.Combine("cli", "runs-list.csv"), Text("runs", "list", "--format", "csv", "--limit", "3"));
        GoldenFile.Check(Path.Combine("cli", "runs-list.json"), Text("runs", "list", "--format", "json", "--pipeline", "shop", "-n", "2"));
    }

    [Fact]
    public void List_WhenThereAreNone_ThenSaysSo()
    {
        Assert.Equal("no runs yet\n", Text("runs", "list"));
        Assert.Equal("[]\n", Text("runs", "list", "--format", "json"));
        WriteRuns();
        Assert.Equal("no runs of `nobody` yet\n", Text("runs", "list", "--pipeline", "nobody"));
        Assert.Equal("run_id,pipeline,status,started,seconds,read,accepted,quarantined,exit_code\n", Text("runs", "list", "--pipeline", "nobody", "--format", "csv"));
    }

    [Fact]
    public void List_WhenARunIsUnderWay_ThenSaysRunningUntilItsProcessIsGone()
    {
        (Run(1) with { Status = RunStatus.Running, Started = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000), Finished = null, ProcessId = Environment.ProcessId }).Save(Home);
        Assert.Contains(",shop,running,", Text("runs", "list", "--format", "csv"), StringComparison.Ordinal);

        // A process of that number that began later is another one.
        (Run(1) with { Status = RunStatus.Running, Started = Start, Finished = null, ProcessId = Environment.ProcessId }).Save(Home);
        Assert.Contains(",shop,interrupted,", Text("runs", "list", "--format", "csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void List_WhenAManifestIsDamaged_ThenTellsOfItAndListsTheOthers()
    {
        WriteRuns();
        string damaged = RunManifest.PathOf(Home, Id(2));
        File.WriteAllText(damaged, "{");

        ProgramResult result = _assay.Run("runs", "list", "--format", "csv");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(4, result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith($"warning: {damaged} is not a manifest: ", Assert.Single(result.Errors), StringComparison.Ordinal);
        ProgramResult shown = _assay.Run("runs", "show", Id(2));
        Assert.Equal(3, shown.ExitCode);
        Assert.StartsWith($"error: {damaged} is not a manifest: ", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WhenARunIsNamed_ThenTellsAllThatIsKnown()
    {
        WriteRuns();

        GoldenFile.Check(Path.Combine("cli", "runs-show.txt"), Text("runs", "show", Id(1)));
        GoldenFile.Check(Path.Combine("cli", "runs-show-failed.txt"), Text("runs", "show", "latest"));
        Assert.Equal(File.ReadAllText(RunManifest.PathOf(Home, Id(1))), Text("runs", "show", Id(1), "--format", "json"));
    }

    [Theory]
    [InlineData("nope", "error: there is no run `nope`; see: assay runs list\n")]
    [InlineData("../gold", "error: there is no run `../gold`; see: assay runs list\n")]
    [InlineData("latest", "error: there are no runs yet; run a pipeline first: assay run NAME\n")]
    public void Show_WhenThereIsNoSuchRun_ThenSaysWhatToDo(string id, string error)
    {
        ProgramResult result = _assay.Run("runs", "show", id);

        Assert.Equal((error, "", 2), (result.Error, result.Text, result.ExitCode));
    }

    [Theory]
    [InlineData("runs list --limit 0", "error: --limit takes a number from 1; `0` is none\n  see: assay runs list --help\n")]
    [InlineData("runs", "error: Required command was not provided.\n  see: assay runs --help\n")]
    public void Usage_WhenItIsWrong_ThenPointsToTheCommandsHelp(string arguments, string error)
    {
        ProgramResult result = _assay.Run(arguments.Split(' '));

        Assert.Equal((error, 2), (result.Error, result.ExitCode));
    }

    private AssayHome Home => new(_assay.Home);

    private static string Id(int day) => $"202603{day:00}-092653123-000k7-0";

    private string Text(params string[] arguments)
    {
        ProgramResult result = _assay.Run(arguments);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result.Text;
    }

    private void WriteRuns()
    {
        (Run(1) with
        {
            Batch = 12,
            Layers = ["bronze", "silver", "gold"],
            AsOf = "2026-03-14 10:00:00",
            Inputs =
            [
                new RunInput("in/a.csv", 12_345, new string('a', 64)) { Source = "drops", Seen = false },
                new RunInput("in/b.csv", 5, new string('b', 64)) { Source = "drops", Seen = true },
            ],
            CumulativeBooks = new Dictionary<string, RunBooks> { ["goods"] = new(11_000, 10_000, 400, 500, 100) },
            Silver = new Dictionary<string, SilverRows> { ["goods"] = new(700, 300, 10_000) },
            Checks = [new CheckOutcome("goods", "few_rejects", CheckSeverity.Error, true, "0.01", "<= 0.05"), new CheckOutcome("goods", "fresh", CheckSeverity.Warn, false)],
        }).Save(Home);
        (Run(2) with { Status = RunStatus.ChecksFailed, ExitCode = 1, Pipeline = "other" }).Save(Home);
        (Run(3) with { Status = RunStatus.Running, ProcessId = int.MaxValue, Finished = null, ExitCode = null, Books = new Dictionary<string, RunBooks>() }).Save(Home);
        (Run(4) with
        {
            Status = RunStatus.Failed,
            Finished = Start.AddMinutes(83),
            ExitCode = 3,
            Error = "in/a.csv: unreadable\u001b[31m",
            Books = new Dictionary<string, RunBooks>(),
            Inputs = [],
            Timings = [],
            RowsPerSecond = 0,
        }).Save(Home);
    }

    private static RunManifest Run(int day) => new()
    {
        Pipeline = "shop",
        RunId = Id(day),
        Status = RunStatus.Completed,
        Started = Start,
        Finished = Start.AddSeconds(2.5),
        ProcessId = 4711,
        ConfigurationHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Engine = "memory",
        Threads = 2,
        Inputs = [new RunInput("in/a.csv", 12_345)],
        Books = new Dictionary<string, RunBooks> { ["goods"] = new(1000, 900, 70, 20, 10), ["people"] = new(10, 10, 0, 0, 0) },
        Timings = [new RunTiming("read", 1.25), new RunTiming("publish", 0.01)],
        RowsPerSecond = 404,
        PeakMemoryBytes = 40_000_000,
        Versions = new RunVersions("0.1.0", "10.0.0", "linux-x64 6.1"),
        ExitCode = 0,
    };
}
