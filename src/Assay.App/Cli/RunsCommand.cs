using System.CommandLine;
using System.Globalization;
using Assay.App.Reports;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay runs</c>: what ran, and how it went.</summary>
internal static class RunsCommand
{
    private const string Latest = "latest";

    public static Command Create() => new("runs", "Lists runs, and shows what is known about one.")
    {
        CreateList(),
        CreateShow(),
    };

    private static Command CreateList()
    {
        var pipeline = new Option<string?>("--pipeline") { Description = "Only runs of this pipeline.", HelpName = "NAME" };
        var limit = new Option<int>("--limit", "-n")
        {
            Description = "The most runs to list.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
            CustomParser = OptionValue.Parser("--limit", "a number from 1", (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0),
        };
        Option<string> format = Format("table", "json", "csv");
        var command = new Command("list", "Lists runs, the newest first. One whose process is gone without an end is interrupted.")
        {
            pipeline, limit, format,
        };
        command.SetAction(parsed => CommandErrors.Guard(() => List(
            parsed.GetValue(pipeline), parsed.GetValue(limit), parsed.GetRequiredValue(format))));
        return command;
    }

    private static Command CreateShow()
    {
        var run = new Argument<string>("run") { Description = "The run's name, as `assay runs list` tells it, or latest." };
        Option<string> format = Format("table", "json");
        var command = new Command("show", "Shows all that is known about a run: books, inputs, checks, timings, versions, why it failed.")
        {
            run, format,
        };
        command.SetAction(parsed => CommandErrors.Guard(() => Show(parsed.GetRequiredValue(run), parsed.GetRequiredValue(format))));
        return command;
    }

    private static Option<string> Format(params string[] formats)
    {
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => formats[0] };
        format.AcceptOnlyFromAmong(formats);
        return format;
    }

    private static int List(string? pipeline, int limit, string format)
    {
        AssayHome home = AssayHome.FromEnvironment();
        ResultTable runs = RunsTable.Rows(NewestFirst(home).Where(run => pipeline is null || run.Pipeline == pipeline).Take(limit), TimeProvider.System);
        switch (format)
        {
            case "csv":
                Print(output => CsvTable.Write(runs, output));
                break;
            case "json":
                Print(output => JsonTable.Write(runs, output));
                break;
            default:
                if (runs.Rows.Count == 0)
                {
                    Console.Out.WriteLine(pipeline is null ? "no runs yet" : $"no runs of `{pipeline}` yet");
                    break;
                }

                var console = ReportConsole.Create(Console.Out);
                ReportConsole.Widen(console);
                RunsTable.Write(console, runs);
                break;
        }

        return ExitCodes.Done;
    }

    private static int Show(string id, string format)
    {
        AssayHome home = AssayHome.FromEnvironment();
        RunManifest? run = id == Latest ? NewestFirst(home).FirstOrDefault() : RunHistory.Find(home, id);
        if (run is null)
        {
            Console.Error.WriteLine(id == Latest
                ? "error: there are no runs yet; run a pipeline first: assay run NAME"
                : $"error: there is no run `{id}`; see: assay runs list");
            return ExitCodes.Usage;
        }

        if (format == "json")
        {
            Print(output =>
            {
                using FileStream file = File.OpenRead(RunManifest.PathOf(home, run.RunId));
                file.CopyTo(output);
            });
            return ExitCodes.Done;
        }

        var console = ReportConsole.Create(Console.Out);
        ReportConsole.Widen(console);
        RunDisplay.Write(console, run, RunReplays.Of(home, run), TimeProvider.System);
        return ExitCodes.Done;
    }

    /// <summary>The runs that can be read; of the others it is told why.</summary>
    private static IEnumerable<RunManifest> NewestFirst(AssayHome home)
    {
        foreach (string id in RunHistory.NewestFirst(home))
        {
            RunManifest? run = null;
            try
            {
                run = RunHistory.Find(home, id);
            }
            catch (StoreException e)
            {
                Console.Error.WriteLine($"warning: {e.Message}");
            }

            if (run is not null)
            {
                yield return run;
            }
        }
    }

    private static void Print(Action<Stream> write)
    {
        using Stream output = Console.OpenStandardOutput();
        write(output);
    }
}
