using System.Globalization;
using Assay.App.Cli;
using Assay.App.Engines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine.Quality;
using Assay.Store;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>What a run prints: the books, what was rejected and why, and a table a KPI.</summary>
internal static class TerminalReport
{
    private const int FaultsShown = 12;

    public static void Write(RunOutcome outcome, TextWriter output)
    {
        IAnsiConsole console = ReportConsole.Create(output);
        foreach (KpiResult result in outcome.Results)
        {
            ResultDisplay.Write(console, result);
        }

        foreach (TableOutcome table in outcome.Tables)
        {
            WriteRejects(console, table);
        }

        // The closing lines are for programs, too: whole, however long.
        ReportConsole.Widen(console);
        WriteBooks(console, outcome);
    }

    /// <summary>What people should know although the run went well.</summary>
    /// <param name="progress">What was noted on the way.</param>
    /// <param name="outcome">The checks that only warn.</param>
    /// <param name="output">Takes the text: standard error, so that results and warnings are not mixed.</param>
    public static void WriteWarnings(RunProgress progress, RunOutcome outcome, TextWriter output)
    {
        foreach (string warning in progress.Warnings.Concat(outcome.BrokenChecks.Select(check => check.ToString())))
        {
            output.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>What a replay prints: what was set aside again, the books, and from which runs the records were.</summary>
    /// <param name="outcome">What it came to.</param>
    /// <param name="pipeline">The pipeline, as it was given.</param>
    /// <param name="output">Takes the text.</param>
    public static void WriteReplay(RunOutcome outcome, string pipeline, TextWriter output)
    {
        IAnsiConsole console = ReportConsole.Create(output);
        foreach (TableOutcome table in outcome.Tables)
        {
            WriteRejects(console, table);
        }

        ReportConsole.Widen(console);
        WriteBooks(console, outcome);
        foreach ((string run, long records) in outcome.Replayed ?? new Dictionary<string, long>())
        {
            console.Write(new Text($"replayed   {Count(records, "record")} of run {run}{Environment.NewLine}"));
        }

        if (outcome.Books.Quarantined > 0)
        {
            ReportConsole.Note(console, $"set aside again; see: assay quarantine show {pipeline} --run {outcome.RunId}");
        }
    }

    private static void WriteRejects(IAnsiConsole console, TableOutcome outcome)
    {
        var faults = outcome.Quality.RecordFaults.Select(fault => (Column: "", fault.Code, fault.Rows, Example: ""))
            .Concat(outcome.Quality.Columns.SelectMany(column => column.Faults.Select(fault =>
                (Column: column.Name, fault.Code, fault.Rows, Example: fault.Examples[0].Value))))
            .OrderByDescending(fault => fault.Rows).ToList();
        if (faults.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        console.MarkupLine($"[bold]Set aside from {Markup.Escape(outcome.Quality.Table)}[/]");
        table.AddColumn("[bold]column[/]");
        table.AddColumn("[bold]reason[/]");
        table.AddColumn(new TableColumn("[bold]rows[/]").RightAligned());
        table.AddColumn("[bold]for example[/]");
        foreach ((string column, FaultCode code, long rows, string example) in faults.Take(FaultsShown))
        {
            table.AddRow(new Text(column), new Text(code.Name()), new Text(Number(rows)), new Text(ResultDisplay.Harmless(example)));
        }

        console.Write(table);
        foreach (ColumnQuality column in outcome.Quality.Columns.Where(column => column.Ambiguous > 0))
        {
            console.MarkupLine($"[yellow]  {Count(column.Ambiguous, "value")} of {Markup.Escape(column.Name)} could be read in more than one format; the first declared was taken[/]");
        }

        console.WriteLine();
    }

    private static void WriteBooks(IAnsiConsole console, RunOutcome outcome)
    {
        console.MarkupLine($"[bold]{Markup.Escape(outcome.Pipeline.Title)}[/]: {(outcome.Tables is [var only] ? Sentence(only.Books) + Silver(only) : Files(outcome))}");
        if (outcome.Tables.Count > 1)
        {
            // A record that is a row of two tables counts in each, so there is no sum.
            int width = outcome.Tables.Max(table => table.Quality.Table.Length);
            foreach (TableOutcome table in outcome.Tables)
            {
                WriteTable(console, table.Quality.Table.PadRight(width), Sentence(table.Books) + Silver(table));
            }
        }

        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[dim]{outcome.Elapsed.TotalSeconds:0.00} s{(outcome.RowsPerSecond < 1 ? "" : $", {Number((long)outcome.RowsPerSecond)} rows/s, {ByteSize.Format((long)(outcome.MegabytesPerSecond * 1e6))}/s")}[/]"));
        foreach ((string source, RunRequests asked) in outcome.Requests)
        {
            console.Write(new Text(RequestsDisplay.Line(source, asked) + Environment.NewLine));
        }

        if (outcome.Database is { } database)
        {
            WriteDatabase(console, database);
        }

        if (outcome.Given.Any(file => file.Origin.StartsWith(SimulatedApi.Label, StringComparison.Ordinal)))
        {
            console.Write(new Text($"simulated  an imitation of the API was asked: all rows are invented{Environment.NewLine}"));
        }

        if (outcome.GoldFolder is not null)
        {
            WritePath(console, "results   ", Path.Combine(Path.GetDirectoryName(outcome.GoldFolder)!, AssayHome.CurrentLink));
            foreach (TableOutcome table in outcome.Tables.Where(table => table.QuarantineFile is not null))
            {
                WritePath(console, "quarantine", table.QuarantineFile!);
            }
        }
    }

    private static void WriteDatabase(IAnsiConsole console, DatabaseNotes database)
    {
        string loads = database.Loads.Count == 0
            ? "its tables were up to date"
            : string.Join(", ", database.Loads.Select(load => $"{Count(load.Rows, "row")} to {load.Table}{(load.Parts is { } parts ? $" ({Count(parts, "partition")})" : "")}"));
        console.Write(new Text($"database   {database.Version}: {loads}{Environment.NewLine}"));
        foreach (OrphanNote orphan in database.Orphans)
        {
            console.Write(new Text($"           {Count(orphan.Rows, "row")} of {orphan.Table} without a match of {orphan.Column} in {orphan.References}, and so without a reference{Environment.NewLine}"));
        }
    }

    /// <summary>A table's books: on a terminal, what has no room beside the name goes on below itself.</summary>
    private static void WriteTable(IAnsiConsole console, string name, string books)
    {
        if (ReportConsole.IsPlain)
        {
            console.MarkupLine($"  {Markup.Escape(name)}  {books}");
            return;
        }

        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        console.Write(grid.AddRow(new Text(name), new Markup(books)));
    }

    private static string Sentence(RunBooks books) =>
        $"{Count(books.Read, "row")} read = [green]{Number(books.Accepted)} accepted[/]"
        + $" + [{(books.Quarantined > 0 ? "yellow" : "default")}]{Number(books.Quarantined)} quarantined[/]"
        + $" + {Number(books.Deduplicated)} deduplicated + {Number(books.Filtered)} filtered";

    private static string Silver(TableOutcome table) => table.Silver is { } rows
        ? $"; {Number(rows.Total)} in silver, {Number(rows.Added)} of them new, {Number(rows.Replaced)} replaced"
        : "";

    private static string Files(RunOutcome outcome)
    {
        int seen = outcome.Given.Count(file => file.IsSeen);
        int loaded = outcome.Given.Count - seen;
        bool arePages = outcome.Pipeline.Sources.All(source => source.Rest is not null);
        string what = arePages ? "page" : "file";
        // A page without records is never loaded, so not only what silver has is left out.
        string left = seen == 0 ? "" : arePages ? $", {seen} left out: loaded before, or empty" : $", {seen} loaded before and left out";
        return $"{loaded} {what}{(loaded == 1 ? "" : "s")} loaded{left}";
    }

    private static void WritePath(IAnsiConsole console, string what, string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        console.Write(new Text($"{what} {(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative)}{Environment.NewLine}"));
    }

    private static string Count(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : "s")}";

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
