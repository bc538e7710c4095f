using System.Globalization;
using Assay.App.Cli;
using Assay.App.Plans;
using Assay.App.Runs;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Shows a plan.</summary>
internal static class PlanDisplay
{
    private const int FilesShown = 20;

    public static void Write(RunPlan plan, IAnsiConsole console)
    {
        ReportConsole.Widen(console);
        console.MarkupLine($"[bold]{Markup.Escape(plan.Pipeline.Title)}[/]");
        Line(console, "pipeline", plan.Pipeline.File);
        Line(console, "last run", LastRun(plan));
        WriteSources(console, plan);
        WriteLayers(console, plan);
        WriteDrift(console, plan);
        WriteKpis(console, plan);
        foreach (string note in Notes(plan))
        {
            console.WriteLine();
            console.Write(new Text($"note: {note}{Environment.NewLine}"));
        }

        console.WriteLine();
        console.Write(new Text(plan.Refusal is null
            ? $"This is a plan, and nothing was written; `assay run` with the same options does it.{Environment.NewLine}"
            : $"This is a plan, and nothing was written; `assay run` with the same options stops before it changes anything.{Environment.NewLine}"));
    }

    /// <summary>What matters beyond the tables.</summary>
    internal static IEnumerable<string> Notes(RunPlan plan)
    {
        if (plan.HasPending)
        {
            yield return "an earlier run was killed before its files were in place; the next run first ends its work";
        }

        if (plan.Refusal is null && plan.NeedsRefresh)
        {
            yield return "rows are stored under other types, so a run that meets them stops; --full-refresh rebuilds them from bronze";
        }
        else if (plan.Refusal is null && !plan.FullRefresh && plan.Tables.Any(table => table.Stored?.Drift.Count > 0))
        {
            yield return "stored rows stay as they are, with nothing in columns that they lack; --full-refresh rebuilds them from bronze";
        }

        if (plan.Pipeline.KeepsSilver && plan.Sources.All(source => source.Files.Count > 0) && !plan.FilesRead.Any())
        {
            yield return plan.Until == Layer.Gold
                ? "every file was loaded before, so the KPIs are computed anew of what silver holds"
                : "every file was loaded before, so there is nothing to do";
        }
    }

    internal static string Use(PlannedFile file) => file.Use switch
    {
        FileUse.Read => file.IsSample ? "generate and read" : "read",
        FileUse.New => file.IsSample ? "generate and load" : "new: load",
        FileUse.Seen => file.IsSample ? "sample, loaded before: skip" : "loaded before: skip",
        FileUse.Repeated => "same as a file above: skip",
        FileUse.Ask => file.PagesFetched == 0 ? "ask the API" : $"ask the API for what follows {Count(checked((int)file.PagesFetched), "page")} fetched before",
        _ => "load again from bronze",
    };

    internal static string? Moment(DateTime? moment) => moment?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    private static string LastRun(RunPlan plan) => plan.LastRun is not { } run
        ? "none that was completed"
        : $"{run.RunId}, {(plan.IsConfigurationKept == true ? "the same pipeline and variables" : "another pipeline text or other variables")}";

    private static void WriteSources(IAnsiConsole console, RunPlan plan)
    {
        var rows = new List<string[]>();
        foreach (PlannedSource source in plan.Sources)
        {
            rows.AddRange(source.Files.Take(FilesShown).Select(file => new[]
            {
                source.Name, file.Path, file.Bytes is { } bytes ? TerminalReport.Number(bytes) : "", Rows(file.Rows), Use(file),
            }));
            if (source.Files.Count > FilesShown)
            {
                rows.Add([source.Name, $"… {source.Files.Count - FilesShown} more", "", "", ""]);
            }
            else if (source.Files.Count == 0)
            {
                rows.Add([source.Name, "", "", "", "no file: nothing to load"]);
            }
        }

        Table(console, "Files", [("source", false), ("file", false), ("bytes", true), ("rows", true), ("what a run does", false)], rows);
        foreach (PlannedSource source in plan.Sources.Where(source => source.Basis is not null))
        {
            ReportConsole.Note(console, $"~ {source.Name}: {source.Basis}");
        }
    }

    private static void WriteLayers(IAnsiConsole console, RunPlan plan)
    {
        var rows = new List<string[]>();
        PlannedFile[] read = [.. plan.FilesRead];
        string[] touched = [.. plan.Tables.Where(table => table.IsTouched).Select(table => table.Name)];
        if (plan.Pipeline.KeepsBronze)
        {
            PlannedFile[] kept = [.. read.Where(file => file.Use == FileUse.New)];
            string files = kept.Length == 0 ? "" : $"{Count(kept.Length, "file")}, {ByteSize.Format(kept.Sum(file => file.Bytes ?? 0))}";
            string pages = read.Any(file => file.Use == FileUse.Ask) ? "new and changed pages" : "";
            rows.Add(["bronze", files.Length + pages.Length == 0 ? "nothing new" : string.Join(", ", new[] { files, pages }.Where(part => part.Length > 0))]);
        }

        if (plan.Pipeline.KeepsSilver && plan.Until != Layer.Bronze)
        {
            rows.Add(["silver", touched.Length == 0 ? "stays as it is" : $"{Rows(plan.Rows, "some")} rows into {string.Join(", ", touched)}"]);
        }

        if (plan.Until != Layer.Bronze)
        {
            rows.Add(["quarantine", touched.Length == 0 ? "nothing to set aside" : $"what is set aside of {string.Join(", ", touched)}"]);
        }

        if (plan.Until == Layer.Gold)
        {
            string checks = plan.Pipeline.Checks.Count(check => !check.IsWarning) switch { 0 => "", 1 => ", if 1 check holds", var n => $", if {n} checks hold" };
            rows.Add(["gold", $"{Count(plan.Kpis.Count, "KPI")}{checks}"]);
        }

        Table(console, plan.FullRefresh ? "Layers, rebuilt from bronze" : "Layers", [("layer", false), ("what changes", false)], rows);
        Table(
            console,
            "Tables",
            [("table", false), ("source", false), ("stored files", true), ("stored rows", true)],
            [.. plan.Tables.Where(table => table.Stored is not null && plan.Until != Layer.Bronze).Select(table => new[]
            {
                table.Name, table.Source, TerminalReport.Number(table.Stored!.Files), TerminalReport.Number(table.Stored.Rows),
            })]);
    }

    private static void WriteDrift(IAnsiConsole console, RunPlan plan) => Table(
        console,
        "Columns that are stored otherwise",
        [("table", false), ("column", false), ("stored as", false), ("now", false), ("files", false)],
        [.. plan.Tables.Where(table => table.Stored is not null).SelectMany(table => table.Stored!.Drift.Select(drift => new[]
        {
            table.Name, drift.Column, drift.Stored ?? "not there", drift.Now ?? "gone",
            string.Create(CultureInfo.InvariantCulture, $"{drift.Files} of {table.Stored.Files}"),
        }))]);

    private static void WriteKpis(IAnsiConsole console, RunPlan plan) => Table(
        console,
        "KPIs",
        [("kpi", false), ("title", false), ("of", false), ("rows", false), ("as of", false)],
        [.. plan.Kpis.Select(kpi => new[]
        {
            kpi.Name, kpi.Title, string.Join(" + ", [kpi.Table, .. kpi.Joins]), kpi.Window is null ? "all" : $"last {kpi.Window}",
            kpi.Window is null ? "" : kpi.IsAsOfFixed ? Moment(kpi.AsOf)! : kpi.AsOf is null ? "the newest row" : $"the newest row, now {Moment(kpi.AsOf)}",
        })]);

    private static string Rows(RowEstimate? rows, string unknown = "") => rows is { } known
        ? $"{(known.IsExact ? "" : "~")}{TerminalReport.Number(known.Rows)}"
        : unknown;

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{TerminalReport.Number(count)} {what}s";

    private static void Line(IAnsiConsole console, string name, string value) => console.Write(new Text($"{name,-10}{ResultDisplay.Harmless(value)}{Environment.NewLine}"));

    /// <summary>Draws a table, unless it has no rows; columns that are empty throughout are left out.</summary>
    private static void Table(IAnsiConsole console, string title, (string Name, bool IsNumber)[] columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        string[][] cells = [.. rows.Select(row => row.Select(ResultDisplay.Harmless).ToArray())];
        int[] filled = [.. Enumerable.Range(0, columns.Length).Where(i => cells.Any(row => row[i].Length > 0))];
        console.WriteLine();
        console.MarkupLine($"[bold]{title}[/]");
        IReadOnlyList<string> hidden = TableDisplay.Write(
            console, [.. filled.Select(i => columns[i])], [.. cells.Select(row => filled.Select(i => row[i]).ToArray())]);
        if (hidden.Count > 0)
        {
            ReportConsole.Note(console, $"with --format json also {string.Join(", ", hidden)}");
        }
    }
}
