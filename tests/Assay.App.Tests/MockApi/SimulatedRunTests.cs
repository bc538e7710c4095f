using Assay.App.MockApi;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.MockApi;

/// <summary>Runs of a pipeline that ask a made-up API.</summary>
public sealed class SimulatedRunTests : IDisposable
{
    private const string Pipeline = """
        pipeline: shop
        layers: [bronze, silver, gold]
        client: { base_url: "https://example.invalid", attempts: 4, backoff: 10 milliseconds, concurrency: 4 }
        sources:
          people: { format: rest, path: people, record: data, params: { per_page: 20 }, paginator: { type: page_number, total_path: pages, total_records_path: total } }
        tables:
          people:
            from: people
            key: [id]
            columns:
              id: { type: integer, required: true }
              name: { type: string, required: true }
        kpis:
          people: { title: People, from: people, group_by: { name: name }, measures: { people: count(*), ids: sum(id) }, order_by: [name] }
        simulate: api.yaml
        """;

    private const string Api = """
        mock_api: shop
        data: { generate: generate.yaml }
        resources:
          people: { paging: page_number, envelope: { total: "{total}", pages: "{pages}", data: "{records}" } }
        """;

    private readonly AssayProgram _assay = new();

    public SimulatedRunTests()
    {
        File.WriteAllText(_assay.At("pipeline.yaml"), Pipeline);
        File.WriteAllText(_assay.At("api.yaml"), Api);
        File.WriteAllText(_assay.At("generate.yaml"), MockApiFolder.Generate);
    }

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Run_WhenSimulated_ThenHasEachRecordOnceAndKeepsTheLog()
    {
        ProgramResult result = _assay.Run(
            "run", _assay.At("pipeline.yaml"), "--simulate", "--records", "people=200", "--fail-rate", "0.2", "--rate-limit-rate", "0.02", "--truncate-rate", "0.05",
            "--request-log", _assay.At("requests.log"), "--quiet");

        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        string[] rows = File.ReadAllLines(Path.Combine(new AssayHome(_assay.Home).CurrentGold("shop")!, "people.csv"));
        Assert.Equal(200, rows.Length - 1);
        Assert.All(rows.Skip(1), row => Assert.Equal("1", row.Split(',')[1]));
        string[][] requests = [.. File.ReadLines(_assay.At("requests.log")).Select(line => line.Split(' '))];
        Assert.Equal(10, requests.Where(request => request[3] == "200" && request[4] == "-").Select(request => request[2]).Distinct().Count());
        Assert.Contains("fail", requests.Select(request => request[4]));
    }

    [Fact]
    public void Run_WhenSimulated_ThenTheReportSaysThatItsRowsAreInvented()
    {
        ProgramResult result = _assay.Run("run", _assay.At("pipeline.yaml"), "--simulate", "--records", "people=3");

        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Contains("\nsimulated  an imitation of the API was asked: all rows are invented\n", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fail-rate is for an API that is made up; it needs --simulate", "--fail-rate", "0.2")]
    [InlineData("--records takes a number from 0, or NAME=N; `many` is none", "--simulate", "--records", "many")]
    [InlineData("--delay takes a time such as 20ms or 1.5s, up to 10 minutes; `20` is none", "--simulate", "--delay", "20")]
    public void Options_WhenWrong_ThenSayWhatTheyTake(string expected, params string[] options)
    {
        ProgramResult result = _assay.Run(["run", _assay.At("pipeline.yaml"), .. options]);

        Assert.Equal((2, $"error: {expected}"), (result.ExitCode, result.Errors[0]));
    }

    [Fact]
    public void Run_WhenNothingCanBeSimulated_ThenSaysSo()
    {
        ProgramResult files = _assay.Run("run", "sales", "--simulate");
        File.WriteAllText(_assay.At("pipeline.yaml"), Pipeline.Replace("simulate: api.yaml", "", StringComparison.Ordinal));
        ProgramResult none = _assay.Run("run", _assay.At("pipeline.yaml"), "--simulate");

        Assert.Equal((2, "error: `sales` asks no API, so there is nothing to simulate; leave --simulate out"), (files.ExitCode, files.Errors[0]));
        Assert.Equal(
            (2, "error: `shop` declares no imitation of its API; write a mock-api.yaml beside it, and name it with `simulate: mock-api.yaml`"),
            (none.ExitCode, none.Errors[0]));
    }

    [Fact]
    public async Task Runs_WhenTheSchemaChanges_ThenTheSecondReportsTheNewField()
    {
        PipelineDefinition pipeline = PipelineLoader.Load(_assay.At("pipeline.yaml"), new PipelineSettings { WorkingDirectory = _assay.Folder });

        (RunOutcome first, IReadOnlyCollection<string> quiet) = await RunAsync(pipeline, new MockApiSettings());
        (RunOutcome second, IReadOnlyCollection<string> warnings) = await RunAsync(pipeline, new MockApiSettings { SchemaChangeAfter = 0 });

        Assert.Empty(first.NewFields);
        Assert.DoesNotContain(quiet, warning => warning.Contains("new field", StringComparison.Ordinal));
        Assert.Equal(["added_later"], second.NewFields["people"]);
        Assert.Contains(warnings, warning => warning.StartsWith("new field `added_later` (first in ", StringComparison.Ordinal));
    }

    private async Task<(RunOutcome Outcome, IReadOnlyCollection<string> Warnings)> RunAsync(PipelineDefinition pipeline, MockApiSettings settings)
    {
        await using MockApiServer server = await Simulation.StartAsync(pipeline, settings, TimeProvider.System, CancellationToken.None);
        var progress = new RunProgress();
        var options = new RunOptions { Home = new AssayHome(_assay.Home), Threads = 2, SimulatedApi = new SimulatedApi(server.Address) };
        return (new PipelineRun(pipeline, options, progress).Execute(CancellationToken.None), progress.Warnings);
    }
}
