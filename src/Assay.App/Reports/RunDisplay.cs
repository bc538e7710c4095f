using System.Globalization;
using Assay.App.Cli;
using Assay.App.Runs;
using Assay.Store;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Shows all that is known about one run; what it has nothing of is left out.</summary>
internal static class RunDisplay
{
    private const int HashShown = 12;

    /// <summary>Shows a run.</summary>
    /// <param name="console">Where.</param>
    /// <param name="run">The run.</param>
    /// <param name="replays">What later runs replayed of the rows that it set aside.</param>
    /// <param name="time">Tells the time.</param>
    public static void Write(IAnsiConsole console, RunManifest run, RunReplays replays, TimeProvider time)
    {
        Line(console, "run", run.RunId);
        Line(console, "pipeline", run.Pipeline);
        Line(console, "status", RunState.Of(run));
        Line(console, "error", run.Error);
        Line(console, "exit code", run.ExitCode?.ToString(CultureInfo.InvariantCulture));
        Line(console, "started", run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Line(console, "took", RunState.Duration(run, time) is { } duration ? RunsTable.Took(duration.TotalSeconds) : null);
        Line(console, "batch", run.Batch?.ToString(CultureInfo.InvariantCulture));
        Line(console, "layers", run.Layers.Count == 0 ? null : string.Join(", ", run.Layers));
        Line(console, "until", run.Until);
        Line(console, "as of", run.AsOf);
        Line(console, "engine", string.Create(CultureInfo.InvariantCulture, $"{run.Engine}, {run.Threads} threads"));
        Line(console, "speed", run.RowsPerSecond > 0 ? $"{TerminalReport.Number((long)run.RowsPerSecond)} rows/s" : null);

        Line(console, "peak memory", ByteSize.Format(run.PeakMemoryBytes));
        Line(console, "versions", $"assay {run.Versions.Assay}, .NET {run.Versions.Dotnet}, {run.Versions.Os}");
        Line(console, "configuration", run.ConfigurationHash[..Math.Min(HashShown, run.ConfigurationHash.Length)]);
        WriteBooks(console, "Books", run.Books);
        WriteBooks(console, "Books since rows were replayed", replays.Books);
        WriteBooks(console, "Books of all batches", run.CumulativeBooks);
        Table(console, "Replayed by", [("run", false), ("table", false), ("rows", true)], replays.By.Select(by => new[]
        {
            by.RunId, by.Table, TerminalReport.Number(by.Rows),
        }));
        Table(console, "Replay of", [("run", false), ("records", true)], run.Replays.Select(of => new[] { of.Key, TerminalReport.Number(of.Value) }));
        Table(console, "Silver", [("table", false), ("added", true), ("replaced", true), ("rows", true)], run.Silver.Select(entry => new[]
        {
            entry.Key, TerminalReport.Number(entry.Value.Added), TerminalReport.Number(entry.Value.Replaced), TerminalReport.Number(entry.Value.Total),
        }));
        Table(console, "Inputs", [("file", false), ("bytes", true), ("source", false), ("sha256", false), ("", false)], run.Inputs.Select(input => new[]
        {
            input.Path, input.Bytes is { } bytes ? TerminalReport.Number(bytes) : "", input.Source ?? "",
            input.Sha256 is { } hash ? hash[..Math.Min(HashShown, hash.Length)] : "", input.Seen == true ? "seen before" : "",
        }));
        if (run.Requests.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine("[bold]Requests[/]");
            foreach ((string source, RunRequests asked) in run.Requests)
            {
                console.Write(new Text($"{ResultDisplay.Harmless(RequestsDisplay.Line(source, asked))}{Environment.NewLine}"));
            }
        }

        Table(console, "Checks", [("table", false), ("check", false), ("severity", false), ("holds", false), ("found", false), ("expected", false)],
            run.Checks.Select(check => new[]
            {
                check.Table, check.Name, check.Severity.Name(), check.Holds ? "yes" : "NO", check.Observed ?? "", check.Expected ?? "",
            }));
        Table(console, "Timings", [("stage", false), ("seconds", true)], run.Timings.Select(timing => new[]
        {
            timing.Stage, timing.Seconds.ToString("0.000", CultureInfo.InvariantCulture),
        }));
    }

    private static void WriteBooks(IAnsiConsole console, string title, IReadOnlyDictionary<string, RunBooks> books) => Table(
        console,
        title,
        [("table", false), ("read", true), ("accepted", true), ("quarantined", true), ("deduplicated", true), ("filtered", true)],
        books.Select(entry => new[]
        {
            entry.Key, TerminalReport.Number(entry.Value.Read), TerminalReport.Number(entry.Value.Accepted),
            TerminalReport.Number(entry.Value.Quarantined), TerminalReport.Number(entry.Value.Deduplicated), TerminalReport.Number(entry.Value.Filtered),
        }));

    private static void Line(IAnsiConsole console, string name, string? value)
    {
        if (value is not null)
        {
            console.Write(new Text($"{name,-14}{ResultDisplay.Harmless(value)}{Environment.NewLine}"));
        }
    }

    /// <summary>Draws a table, unless it has no rows; columns that are empty throughout are left out.</summary>
    private static void Table(IAnsiConsole console, string title, (string Name, bool IsNumber)[] columns, IEnumerable<string[]> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(ResultDisplay.Harmless).ToArray())];
        int[] filled = [.. Enumerable.Range(0, columns.Length).Where(i => cells.Any(row => row[i].Length > 0))];
        if (cells.Length == 0)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine($"[bold]{title}[/]");
        IReadOnlyList<string> hidden = TableDisplay.Write(
            console, [.. filled.Select(i => columns[i])], [.. cells.Select(row => filled.Select(i => row[i]).ToArray())], dropLast: true);
        if (hidden.Count > 0)
        {
            ReportConsole.Note(console, $"with --format json also {string.Join(", ", hidden)}");
        }
    }
}
