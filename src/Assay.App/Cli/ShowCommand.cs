using System.CommandLine;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.Measure;
using Assay.Store;
using Spectre.Console;

namespace Assay.App.Cli;

/// <summary><c>assay show</c>: a published KPI, as the last good run left it.</summary>
internal static class ShowCommand
{
    /// <summary>The fewest characters of a title that are worth a column.</summary>
    private const int LeastTitle = 20;

    /// <summary>What every run publishes beside its KPIs; documents, printed as they are.</summary>
    private static readonly (string Name, string Title)[] Documents =
    [
        ("summary", "The books, and what each KPI came to"),
        ("quality", "What was missing, rejected and doubtful, by column"),
    ];

    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        var kpi = new Argument<string?>("kpi")
        {
            Description = "The KPI, or summary or quality; left out, they are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string?>("--format")
        {
            Description = "How to print it; unless given, table on a terminal and csv elsewhere.",
        };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = new Command("show", "Prints a published KPI, as the last good run left it.") { pipeline, kpi, format };
        command.SetAction(parsed => CommandErrors.Guard(() => Show(
            parsed.GetRequiredValue(pipeline), parsed.GetValue(kpi), parsed.GetValue(format) ?? (ReportConsole.IsPlain ? "csv" : "table"))));
        return command;
    }

    /// <summary>What can be shown of a pipeline.</summary>
    private static void List(PipelineDefinition pipeline, bool asTable)
    {
        (string Name, string Title)[] names = [.. pipeline.Kpis.Select(kpi => (kpi.Name, kpi.Title)), .. Documents];
        if (asTable)
        {
            IAnsiConsole console = ReportConsole.Create(Console.Out);
            int room = Math.Max(LeastTitle, console.Profile.Width - names.Max(entry => entry.Name.Length) - TableDisplay.FrameOfTwo);
            TableDisplay.Write(console, [("name", false), ("title", false)], [.. names.Select(entry => new[] { entry.Name, ResultDisplay.Cut(entry.Title, room) })]);
            return;
        }

        foreach ((string name, string title) in names)
        {
            Console.Out.WriteLine($"{name}\t{title}");
        }
    }

    private static int Show(string name, string? kpi, string format)
    {
        PipelineDefinition pipeline = PipelineLoader.Load(name, PipelineSettings.FromProcess([]));
        AssayHome home = AssayHome.FromEnvironment();
        string? gold = home.CurrentGold(pipeline.Name);
        if (gold is null)
        {
            Console.Error.WriteLine($"error: nothing is published of `{pipeline.Name}` yet; run it first: assay run {name}");
            return ExitCodes.Usage;
        }

        if (kpi is null)
        {
            List(pipeline, format == "table");
            return ExitCodes.Done;
        }

        bool isDocument = Documents.Any(document => document.Name == kpi);
        KpiDefinition? definition = pipeline.Kpis.FirstOrDefault(definition => definition.Name == kpi);
        if (!isDocument && definition is null)
        {
            Console.Error.WriteLine($"error: `{pipeline.Name}` has no KPI `{kpi}`; it has " + string.Join(", ", pipeline.Kpis.Select(k => k.Name)));
            return ExitCodes.Usage;
        }

        if (definition is not null && format == "table")
        {
            PublishedTable.Write(ReportConsole.Create(Console.Out), gold, definition);
            return ExitCodes.Done;
        }

        using Stream output = Console.OpenStandardOutput();
        string path = Path.Combine(gold, kpi + (isDocument ? ".json" : "." + format));

        // The quality report of a pipeline with layers is of one run, so it lies with the run.
        string ofRun = Path.Combine(home.Run(Path.GetFileName(gold)), Path.GetFileName(path));
        using FileStream file = File.OpenRead(File.Exists(path) || !isDocument ? path : ofRun);
        file.CopyTo(output);
        return ExitCodes.Done;
    }
}
