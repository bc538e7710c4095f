using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Rest;

/// <summary>What the program says of an API, and that it goes on where it was killed.</summary>
public sealed partial class RestProgramTests : IDisposable
{
    private readonly PeopleHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Kill_WhenSomePagesAreThere_ThenTheNextRunAsksForTheOthersAlone()
    {
        PeopleApi api = _home.Api.With(1, 12);
        _home.Change("concurrency: 2", "concurrency: 1");
        api.Hangs = address => address == "people?page=5";
        string[] run = ["run", _home.Written(), "--set", $"base_url={api.Base}"];
        using (Process process = _home.Program.Start(run))
        {
            var waited = Stopwatch.StartNew();
            while (!api.Log.Contains("people?page=5"))
            {
                Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(1)), "The program ended before it was interrupted.");
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The program did not come as far as it should.");
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal(["page-00001.json.gz", "page-00002.json.gz", "page-00003.json.gz", "page-00004.json.gz"], _home.Pages());
        Assert.Empty(_home.Loaded());
        ProgramResult plan = _home.Program.Run("plan", run[1], run[2], run[3]);
        Assert.Contains("ask the API for what follows 4 pages fetched before", plan.Text, StringComparison.Ordinal);

        api.Hangs = _ => false;
        api.Asked();
        ProgramResult result = _home.Program.Run(run);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["people?page=5", "people?page=6"], api.Asked());
        Assert.Contains("people: 12 records on 6 pages (4 of an interrupted run); 2 requests; p50", result.Text, StringComparison.Ordinal);
        Assert.Equal(["Pune,12,12"], _home.Rows("by_city"));
    }

    [Fact]
    public void Interrupt_WhenSomePagesAreThere_ThenTheMessageSaysThatTheyAreKept()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        PeopleApi api = _home.Api.With(1, 12);
        _home.Change("concurrency: 2", "concurrency: 1");
        api.Hangs = address => address == "people?page=3";
        using Process process = _home.Program.Start("run", _home.Written(), "--set", $"base_url={api.Base}");
        Assert.True(SpinWait.SpinUntil(() => api.Log.Contains("people?page=3"), TimeSpan.FromSeconds(30)), "The program did not come as far as it should.");
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.EndsWith(
            "cancelled; nothing was published. Pages that were fetched are kept: the same command goes on from there\n",
            process.StandardError.ReadToEnd(),
            StringComparison.Ordinal);
        Assert.Equal(3, process.ExitCode);
        Assert.Equal(["page-00001.json.gz", "page-00002.json.gz"], _home.Pages());
    }

    [Fact]
    public void Run_WhenAnApiIsAsked_ThenTheReportTellsHow()
    {
        _home.Api.With(1, 5);
        string file = _home.Written();
        ProgramResult result = _home.Program.Run("run", file, "--set", $"base_url={_home.Api.Base}");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(Asked(), result.Text);

        ProgramResult show = _home.Program.Run("runs", "show", "latest");
        Assert.Contains("Requests\n", show.Text, StringComparison.Ordinal);
        Assert.Matches(Asked(), show.Text);
        Assert.Matches(@"people/?\S*page=1 ", show.Text);
    }

    [Fact]
    public void Run_WhenADeclaredTotalDiffers_ThenExitsWithOne()
    {
        _home.Api.With(1, 5);
        _home.Api.Declared = 4;
        ProgramResult result = _home.Program.Run("run", _home.Written(), "--set", $"base_url={_home.Api.Base}");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("expected 4 records, as the API says of `people`, found 5 records", result.Error, StringComparison.Ordinal);
        Assert.Null(_home.Home.CurrentGold("town"));
    }

    [Fact]
    public void Replay_WhenARowOfAPageWasRepaired_ThenItIsLoadedAndARebuildKeepsIt()
    {
        _home.Api.With(1, 3);
        _home.Api.People[2] = """{"id":"three","name":"P3","city":"Goa"}""";
        string file = _home.Written();
        string set = $"base_url={_home.Api.Base}";
        Assert.Equal(0, _home.Program.Run("run", file, "--set", set, "-q").ExitCode);
        string repair = _home.Program.At("repair.csv");
        ProgramResult export = _home.Program.Run("quarantine", "export", file, "--set", set, "-o", repair);
        Assert.Equal(0, export.ExitCode);
        File.WriteAllText(repair, File.ReadAllText(repair).Replace("three", "3", StringComparison.Ordinal));
        ProgramResult replay = _home.Program.Run("quarantine", "replay", file, repair, "--set", set, "-q");
        Assert.Equal(("", 0), (replay.Error, replay.ExitCode));
        Assert.Equal(["Goa,1,3", "Pune,2,2"], _home.Rows("by_city"));
        Assert.Equal(0, _home.Program.Run("run", file, "--set", set, "-q", "--full-refresh").ExitCode);
        Assert.Equal(["Goa,1,3", "Pune,2,2"], _home.Rows("by_city"));
    }

    [Fact]
    public void Plan_WhenThereIsAnApi_ThenSaysThatItWouldBeAskedAndDoesNot()
    {
        ProgramResult plan = _home.Program.Run("plan", _home.Written(), "--set", $"base_url={_home.Api.Base}");
        Assert.Equal(("", 0), (plan.Error, plan.ExitCode));
        Assert.Matches($@"people\W+{Regex.Escape(_home.Api.Base)}/people\W+ask the API", plan.Text);
        Assert.Matches(@"bronze\W+new and changed pages", plan.Text);
        Assert.Matches(@"silver\W+some rows into people", plan.Text);
        Assert.Empty(_home.Api.Asked());
        Assert.False(Directory.Exists(_home.Home.Root));

        ProgramResult json = _home.Program.Run("plan", _home.Written(), "--set", $"base_url={_home.Api.Base}", "--format", "json");
        Assert.Contains("\"use\": \"ask\"", json.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenASecretHasNoValue_ThenSaysWhichAndAsksNobody()
    {
        _home.Change("client: {", "client: { auth: { type: bearer, token: \"${TOWN_TOKEN_THAT_NOBODY_SETS}\" },");
        ProgramResult result = _home.Program.Run("run", _home.Written(), "--set", $"base_url={_home.Api.Base}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("`TOWN_TOKEN_THAT_NOBODY_SETS` has no value, and the API asks for it; give it in the environment or in .env", result.Error, StringComparison.Ordinal);
        Assert.Empty(_home.Api.Asked());
        Assert.Equal(0, _home.Program.Run("validate", _home.Written()).ExitCode);

        _home.Program.Environment["TOWN_TOKEN_THAT_NOBODY_SETS"] = "s3cr3t-token";
        _home.Api.With(1, 1);
        result = _home.Program.Run("run", _home.Written(), "--set", $"base_url={_home.Api.Base}");
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain(
            Directory.GetFiles(_home.Home.Root, "*", SearchOption.AllDirectories),
            file => File.ReadAllBytes(file).AsSpan().IndexOf("s3cr3t-token"u8) >= 0);
    }

    [GeneratedRegex(@"people: 5 records on 3 pages; 3 requests; p50 \d+ ms, p95 \d+ ms; waited 0\.0 s for the rate limit\n")]
    private static partial Regex Asked();
}
