using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Rest;

/// <summary>A data folder, an API, and runs of a pipeline that asks it.</summary>
internal sealed class PeopleHome : IDisposable
{
    public const string People =
        """
        pipeline: town
        layers: [bronze, silver, gold]
        variables: { base_url: "" }
        client: { base_url: "${base_url}", concurrency: 2, attempts: 2, backoff: 10 ms, timeout: 20 seconds }
        sources:
          people:
            format: rest
            path: people
            record: data
            paginator: { type: page_number, total_path: pages, total_records_path: total }
        tables:
          people:
            from: people
            key: [id]
            columns:
              id: { type: integer, required: true }
              name: { type: string }
              city: { type: string }
              updated_at: { type: date }
        kpis:
          by_city: { from: people, group_by: [city], measures: { people: count(*), highest: max(id) }, order_by: [city] }
        """;

    public PeopleApi Api { get; } = new();

    public AssayProgram Program { get; } = new();

    public AssayHome Home => new(Program.Home);

    /// <summary>The pipeline's text.</summary>
    public string Yaml { get; set; } = People;

    /// <summary>Tells the runs' time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public IReadOnlyCollection<string> Warnings { get; private set; } = [];

    public void Dispose()
    {
        Api.Dispose();
        Program.Dispose();
    }

    /// <summary>Replaces a part of the pipeline's text.</summary>
    public PeopleHome Change(string what, string into)
    {
        Assert.Contains(what, Yaml, StringComparison.Ordinal);
        Yaml = Yaml.Replace(what, into, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Runs the pipeline.</summary>
    public RunOutcome Run(Func<RunOptions, RunOptions>? options = null, string? baseUrl = null)
    {
        var progress = new RunProgress();
        var plain = new RunOptions { Home = Home, Threads = 2, Time = Time };
        try
        {
            return new PipelineRun(Load(baseUrl), options?.Invoke(plain) ?? plain, progress).Execute(CancellationToken.None);
        }
        finally
        {
            Warnings = progress.Warnings;
        }
    }

    public PipelineDefinition Load(string? baseUrl = null) => PipelineLoader.Parse(Yaml, Program.At("town.yaml"), new PipelineSettings
    {
        Overrides = new Dictionary<string, string> { ["base_url"] = baseUrl ?? Api.Base },
    });

    /// <summary>Writes the pipeline to a file, for the program.</summary>
    public string Written()
    {
        File.WriteAllText(Program.At("town.yaml"), Yaml);
        return Program.At("town.yaml");
    }

    /// <summary>A published table without its header, row by row.</summary>
    public string[] Rows(string kpi) =>
        File.ReadAllText(Path.Combine(Home.CurrentGold("town")!, kpi + ".csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

    /// <summary>The pages in bronze: their names, sorted.</summary>
    public string[] Pages(string source = "people") => Directory.Exists(Home.Bronze(source))
        ? [.. Directory.GetFiles(Home.Bronze(source), "*.json.gz", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The files whose rows silver has, by the addresses that they came from.</summary>
    public string[] Loaded(string source = "people")
    {
        using StateDatabase? state = StateDatabase.OpenToRead(Home);
        return [.. state?.LoadedFiles("town", source).Select(file => file.Name.Replace(Api.Base + "/", "", StringComparison.Ordinal)) ?? []];
    }

    public string? Watermark(string source = "people")
    {
        using var state = PageState.Open(Home);
        return state.Watermark(Owner(source));
    }

    public PageOwner Owner(string source = "people") => new("town", source, Api.Base + "/");
}
