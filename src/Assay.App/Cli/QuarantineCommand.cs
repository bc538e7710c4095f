using System.CommandLine;
using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Quarantine;
using Assay.App.Reports;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay quarantine</c>: the rows that were set aside, and their way back.</summary>
internal static class QuarantineCommand
{
    private const string StandardOutput = "-";

    public static Command Create() => new(
        "quarantine",
        "Shows the rows that were set aside, and takes repaired ones in: export them, edit the file, replay it.")
    {
        CreateList(),
        CreateShow(),
        CreateExport(),
        QuarantineReplay.Create(),
    };

    private static Command CreateList()
    {
        var pipeline = new Argument<string?>("pipeline") { Description = "The pipeline; left out, all of them.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = PipelineOptions.Set();
        Option<int> limit = Limit("The most tables and runs to list.", 20);
        Option<string> format = Format("table");
        var command = new Command(
            "list",
            "Lists by run and table how many rows were set aside and why, the newest run first. State: open when rows wait, resolved when all were replayed, "
            + "replaced when a later run took the place, unpublished when the run failed.")
        {
            pipeline, set, limit, format,
        };
        command.SetAction(parsed => CommandErrors.Guard(() => List(
            parsed.GetValue(pipeline) is { } name ? Load(name, parsed.GetRequiredValue(set)) : null, parsed.GetValue(limit), parsed.GetRequiredValue(format))));
        return command;
    }

    private static Command CreateShow()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        Option<string?> table = Table();
        Option<string?> run = Run();
        var code = new Option<string?>("--code") { Description = "Only rows set aside for this, such as required.", HelpName = "CODE" };
        Option<int> limit = Limit("The most rows to show.", 50);
        var unmask = new Option<bool>("--unmask") { Description = "Show personal data, and the whole raw records." };
        Option<string> format = Format("table");
        var command = new Command("show", "Shows rows that were set aside and not replayed since. Values of columns declared pii are masked.")
        {
            pipeline, set, table, run, code, limit, unmask, format,
        };
        command.SetAction(parsed => CommandErrors.Guard(() =>
        {
            PipelineDefinition definition = Load(parsed.GetRequiredValue(pipeline), parsed.GetRequiredValue(set));
            using var log = new QuarantineLog(AssayHome.FromEnvironment());
            IReadOnlyList<QuarantinedRun> runs = log.Select(definition, parsed.GetValue(table), parsed.GetValue(run));
            return Show(parsed.GetRequiredValue(pipeline), definition, runs, parsed.GetValue(code), parsed.GetValue(limit), parsed.GetValue(unmask), parsed.GetRequiredValue(format));
        }));
        return command;
    }

    private static Command CreateExport()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        Option<string?> table = Table();
        Option<string?> run = Run();
        var source = new Option<string?>("--source") { Description = "Only records of this source; needed when several have some.", HelpName = "SOURCE" };
        var output = new Option<string>("--output", "-o") { Description = "The file to write; - is standard output.", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there already." };
        var command = new Command(
            "export",
            "Writes records that were set aside to a CSV that a person can edit: the raw values, personal data too, then what is wrong with them. "
            + "An empty cell is a missing value. Leave _source_file, _row and _run as they are: they say which record a row is.")
        {
            pipeline, set, source, table, run, output, force,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            PipelineDefinition definition = Load(parsed.GetRequiredValue(pipeline), parsed.GetRequiredValue(set));
            AssayHome home = AssayHome.FromEnvironment();
            using var log = new QuarantineLog(home);
            IReadOnlyList<QuarantinedRun> runs = log.Select(definition, parsed.GetValue(table), parsed.GetValue(run));
            string[] ids = [.. runs.Select(one => one.RunId)];
            QuarantinedRun[] ofAllTables = [.. log.Of(definition).Where(one => ids.Contains(one.RunId)).OrderBy(one => one.RunId, StringComparer.Ordinal)];
            ResultTable? rows = new RepairExport(home, definition, cancellationToken).Make(ofAllTables, parsed.GetValue(source), parsed.GetValue(table));
            return Export(parsed.GetRequiredValue(pipeline), definition.KeepsSilver, rows, parsed.GetRequiredValue(output), parsed.GetValue(force));
        }), CancellationToken.None));
        return command;
    }

    private static Option<string?> Table() => new("--table") { Description = "Only rows of this table.", HelpName = "TABLE" };

    private static Option<string?> Run() => new("--run")
    {
        Description = "Only rows of this run, or of the latest that set some aside; unless given, all that are missing in what is published.",
        HelpName = "RUN|latest",
    };

    private static Option<int> Limit(string description, int most) => new("--limit", "-n")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => most,
        CustomParser = OptionValue.Parser("--limit", "a number from 1", (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0),
    };

    private static Option<string> Format(string unlessGiven)
    {
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => unlessGiven };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        return format;
    }

    private static PipelineDefinition Load(string pipeline, string[] set) => PipelineLoader.Load(pipeline, PipelineSettings.FromProcess(set));

    private static int List(PipelineDefinition? definition, int limit, string format)
    {
        using var log = new QuarantineLog(AssayHome.FromEnvironment());
        ResultTable list = QuarantineTables.List((definition is null ? log.All() : log.Of(definition)).Take(limit));
        if (Print(list, format))
        {
            return ExitCodes.Done;
        }

        if (list.Rows.Count == 0)
        {
            Console.Out.WriteLine(definition is null ? "no rows were set aside" : $"no rows of `{definition.Name}` were set aside");
            return ExitCodes.Done;
        }

        var console = ReportConsole.Create(Console.Out);
        ReportConsole.Widen(console);
        QuarantineTables.WriteList(console, list);
        return ExitCodes.Done;
    }

    private static int Show(
        string pipeline, PipelineDefinition definition, IReadOnlyList<QuarantinedRun> runs, string? code, int limit, bool unmask, string format)
    {
        IEnumerable<(QuarantinedRun Run, QuarantineRow Row)> all =
            runs.SelectMany(run => run.OpenRows.Where(row => code is null || row.Code == code).Select(row => (run, row)));
        (QuarantinedRun, QuarantineRow)[] some = [.. all.Take(limit + 1)];
        ResultTable rows = QuarantineTables.Rows(definition, some.Take(limit), unmask);
        if (Print(rows, format))
        {
            return ExitCodes.Done;
        }

        if (some.Length == 0)
        {
            Console.Out.WriteLine(code is null ? Nothing(pipeline) : $"no rows of `{definition.Name}` are set aside as {code}; see: assay quarantine list {pipeline}");
            return ExitCodes.Done;
        }

        var console = ReportConsole.Create(Console.Out);
        ReportConsole.Widen(console);
        QuarantineTables.WriteRows(console, rows);
        if (some.Length > limit)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the first {limit} rows; --limit shows more"));
        }

        return ExitCodes.Done;
    }

    private static int Export(string pipeline, bool keepsSilver, ResultTable? rows, string output, bool force)
    {
        if (rows is null)
        {
            Console.Error.WriteLine(Nothing(pipeline));
            return ExitCodes.Done;
        }

        if (output == StandardOutput)
        {
            Print(rows, "csv");
            return ExitCodes.Done;
        }

        if (!force && File.Exists(output))
        {
            Console.Error.WriteLine($"error: {output} is there already, and may have been edited; choose another file, or replace it with --force");
            return ExitCodes.Usage;
        }

        // The file holds raw data, so that nobody else may read it.
        var options = new FileStreamOptions { Mode = force ? FileMode.Create : FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(output, options))
        {
            CsvTable.Write(rows, file);
        }

        string next = keepsSilver
            ? $"edit it, then: assay quarantine replay {pipeline} {output}"
            : "they cannot be replayed, as the pipeline keeps no silver that repaired rows could go into: mend them in its input and run it again";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Rows.Count:N0} records written to {output}; {next}"));
        return ExitCodes.Done;
    }

    private static string Nothing(string pipeline) =>
        $"no rows of {pipeline} are set aside in what counts today; for those of earlier runs, see: assay quarantine list {pipeline}";

    /// <summary>Prints rows for programs.</summary>
    /// <returns>Whether the format is one of theirs.</returns>
    private static bool Print(ResultTable rows, string format)
    {
        if (format == "table")
        {
            return false;
        }

        using Stream output = Console.OpenStandardOutput();
        (format == "csv" ? (Action<ResultTable, Stream>)CsvTable.Write : JsonTable.Write)(rows, output);
        return true;
    }
}
