using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.House;
using Assay.Store;

namespace Assay.App.Tests.Orders;

/// <summary>A data folder of its own, and runs of the orders pipeline in it: in this process, which is faster than one a run.</summary>
internal sealed class OrdersHome : IDisposable
{
    /// <summary>The pipeline, as a path that does not depend on the working directory.</summary>
    public static readonly string Pipeline = Path.Combine(Repository.Root, "pipelines", "orders", "pipeline.yaml");

    /// <summary>The program, for what only a process can show.</summary>
    public AssayProgram Program { get; } = new();

    /// <summary>Where the data is kept.</summary>
    public AssayHome Home => new(Program.Home);

    /// <summary>What the last run warned of.</summary>
    public IReadOnlyCollection<string> Warnings { get; private set; } = [];

    /// <summary>What is published, by file name; empty when nothing is.</summary>
    public SortedDictionary<string, string> Gold => Home.CurrentGold("orders") is { } gold ? AssayProgram.Snapshot(gold) : [];

    /// <summary>The files of the silver layer.</summary>
    public SortedDictionary<string, string> Silver =>
        Directory.Exists(Path.Combine(Home.Root, "silver")) ? AssayProgram.Snapshot(Path.Combine(Home.Root, "silver")) : [];

    public void Dispose() => Program.Dispose();

    /// <summary>Writes an input file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = Program.At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes customers, and gives their file's path.</summary>
    public string Customers(params Customer[] customers) => Write("customers.csv", Customer.Csv(customers));

    /// <summary>Writes orders, and gives their file's path.</summary>
    public string Orders(string name, params OrderLine[] lines) => Write(name, OrderLine.Xml(lines));

    /// <summary>Runs the pipeline.</summary>
    /// <param name="customers">The customers' file or pattern; empty for none.</param>
    /// <param name="orders">The orders' file or pattern; empty for none.</param>
    /// <param name="options">How.</param>
    /// <param name="yaml">The pipeline's text, when it is not the one that is kept.</param>
    public RunOutcome Run(string customers = "", string orders = "", Func<RunOptions, RunOptions>? options = null, string? yaml = null)
    {
        var settings = new PipelineSettings
        {
            Overrides = new Dictionary<string, string> { ["customers"] = customers, ["orders"] = orders },
            WorkingDirectory = Repository.Root,
        };
        var progress = new RunProgress();
        var plain = new RunOptions { Home = Home };
        try
        {
            return new PipelineRun(
                yaml is null ? PipelineLoader.Load(Pipeline, settings) : PipelineLoader.Parse(yaml, Pipeline, settings),
                options?.Invoke(plain) ?? plain,
                progress).Execute(CancellationToken.None);
        }
        finally
        {
            Warnings = progress.Warnings;
        }
    }

    /// <summary>Runs the program, and asserts that it went well and said nothing.</summary>
    public void RunProgram(string customers, string orders, params string[] more)
    {
        ProgramResult result = Program.Run(["run", "orders", "--set", $"customers={customers}", "--set", $"orders={orders}", "-q", .. more]);
        Assert.Equal(("", "", 0), (result.Text, result.Error, result.ExitCode));
    }

    /// <summary>A published file's text.</summary>
    public string Published(string name) => File.ReadAllText(Path.Combine(Home.CurrentGold("orders")!, name));

    /// <summary>A published table without its header, row by row.</summary>
    public string[] Rows(string kpi) => Published(kpi + ".csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

    /// <summary>A published JSON document.</summary>
    public JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(Published(name + ".json"));
        return document.RootElement.Clone();
    }

    /// <summary>The rows that the last run set aside from a table.</summary>
    public IReadOnlyList<QuarantinedRow> Rejects(string table) =>
        Directory.GetFiles(Home.Quarantine(table), "*.csv").Max(StringComparer.Ordinal) is { } newest
            ? QuarantinedRow.Read(File.ReadAllBytes(newest))
            : [];

    /// <summary>The names of the files whose rows are in silver.</summary>
    public string[] Loaded(string source)
    {
        using StateDatabase state = StateDatabase.OpenToRead(Home)!;
        return [.. state.LoadedFiles("orders", source).Select(file => Path.GetFileName(file.Name))];
    }
}
