using System.IO.Compression;
using System.Text;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Contracts;

/// <summary>A pipeline of one table over JSON or XML files, run by any of the ways there are: streamed, kept in layers, or given to a database.</summary>
internal sealed class DropHome(string format, string engine, int threads, string columns = DropHome.Columns) : IDisposable
{
    /// <summary>The engine's name for a pipeline that keeps layers.</summary>
    public const string Layers = "layers";

    public const string Columns = "id: { type: integer, required: true }";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-drops-");

    /// <summary>What is published, but for what differs from run to run; empty when nothing is.</summary>
    public SortedDictionary<string, string> Gold => Home.CurrentGold("drops") is { } gold ? AssayProgram.Snapshot(gold) : [];

    /// <summary>What the last run warned of.</summary>
    public string[] Warnings { get; private set; } = [];

    private AssayHome Home => new(Path.Combine(_folder.FullName, "data"));

    /// <summary>The ways to run, each with one worker and with two.</summary>
    public static IEnumerable<(string Engine, int Threads)> Ways =>
        from engine in new[] { "memory", "sqlite", "duckdb", Layers }
        from threads in new[] { 1, 2 }
        select (engine, threads);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Writes an input file; compressed when its name ends so.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        using FileStream file = File.Create(path);
        using Stream target = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Runs the pipeline.</summary>
    /// <param name="path">The files: one, or several by a pattern.</param>
    /// <param name="options">How, when not as usual.</param>
    /// <param name="record">Where the records are; null for what is usual.</param>
    public RunOutcome Run(string path, Func<RunOptions, RunOptions>? options = null, string? record = null)
    {
        var settings = new PipelineSettings { WorkingDirectory = _folder.FullName, Environment = new Dictionary<string, string>() };
        PipelineDefinition pipeline = PipelineLoader.Parse(Yaml(path, record), Path.Combine(_folder.FullName, "pipeline.yaml"), settings);
        EngineChoice choice = EngineChoice.All.FirstOrDefault(one => one.Name == engine) ?? EngineChoice.Memory;
        var progress = new RunProgress();
        var plain = new RunOptions { Home = Home, Threads = threads, BlockSize = 64, Engine = choice, Connections = new EngineConnections(pipeline, settings, Home) };
        try
        {
            return new PipelineRun(pipeline, options?.Invoke(plain) ?? plain, progress).Execute(CancellationToken.None);
        }
        finally
        {
            Warnings = [.. progress.Warnings];
        }
    }

    private string Yaml(string path, string? record) => $$"""
        pipeline: drops
        {{(engine == Layers ? "layers: [bronze, silver, gold]" : "title: Drops")}}
        sources: { drops: { format: {{format}}, path: "{{path}}"{{((record ?? (format == "xml" ? "order" : null)) is { } place ? $", record: {place}" : "")}} } }
        tables:
          drops:
            from: drops
            columns: { {{columns}} }
        kpis:
          drops: { title: Drops, from: drops, measures: { rows: count(*), highest: max(id) } }
        """;
}
