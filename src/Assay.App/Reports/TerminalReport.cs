using System.Globalization;
using Assay.App.Cli;
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
    private const int RowsShown = 12;

    public static void Write(RunOutcome outcome, TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width of its own; wide enough that no cell is broken.
            console.Profile.Width = 160;
        }

        foreach (KpiResult result in outcome.Results)
        {
            WriteTable(console, result);
        }

        foreach (TableOutcome table in outcome.Tables)
        {
            WriteRejects(console, table);
        }

        WriteBooks(console, outcome);
    }

    private static void WriteTable(IAnsiConsole console, KpiResult result)
    {
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey"), Title = new TableTitle($"[bold]{Markup.Escape(result.Definition.Title)}[/]") };
        bool[] numeric = [.. result.Table.Schema.Columns.Select(column => column.Type.IsNumeric)];
        for (int i = 0; i < numeric.Length; i++)
        {
            var column = new TableColumn(new Text(result.Table.Schema.Columns[i].Name, Style.Parse("bold")));
            table.AddColumn(numeric[i] ? column.RightAligned().NoWrap() : column);
        }

        foreach (object?[] row in result.Table.Rows.Take(RowsShown))
        {
            table.AddRow(row.Select((cell, i) => new Text(Show(cell, result.Table.Schema.Columns[i].Type))));
        }

        console.Write(table);
        if (result.Table.Rows.Count > RowsShown)
        {
            console.MarkupLine($"[grey]  … and {result.Table.Rows.Count - RowsShown} more rows[/]");
        }

        foreach ((string name, long total) in result.Totals)
        {
            console.MarkupLine($"[grey]  {Markup.Escape(name)}: {Number(total)} in all[/]");
        }

        console.WriteLine();
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

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey"), Title = new TableTitle($"[bold]Set aside from {Markup.Escape(outcome.Quality.Table)}[/]") };
        table.AddColumn("[bold]column[/]");
        table.AddColumn("[bold]reason[/]");
        table.AddColumn(new TableColumn("[bold]rows[/]").RightAligned());
        table.AddColumn("[bold]for example[/]");
        foreach ((string column, FaultCode code, long rows, string example) in faults.Take(RowsShown))
        {
            table.AddRow(new Text(column), new Text(code.Name()), new Text(Number(rows)), new Text(example));
        }

        console.Write(table);
        foreach (ColumnQuality column in outcome.Quality.Columns.Where(column => column.Ambiguous > 0))
        {
            console.MarkupLine($"[yellow]  {Number(column.Ambiguous)} values of {Markup.Escape(column.Name)} could be read in more than one format; the first declared was taken[/]");
        }

        console.WriteLine();
    }

    private static void WriteBooks(IAnsiConsole console, RunOutcome outcome)
    {
        RunBooks books = outcome.Books;
        console.MarkupLine(
            $"[bold]{Markup.Escape(outcome.Pipeline.Title)}[/]: {Number(books.Read)} rows read = [green]{Number(books.Accepted)} accepted[/]"
            + $" + [{(books.Quarantined > 0 ? "yellow" : "grey")}]{Number(books.Quarantined)} quarantined[/]"
            + $" + {Number(books.Deduplicated)} deduplicated + {Number(books.Filtered)} filtered");
        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[grey]{outcome.Elapsed.TotalSeconds:0.00} s, {Number((long)outcome.RowsPerSecond)} rows/s, {ByteSize.Format((long)(outcome.MegabytesPerSecond * 1e6))}/s[/]"));
        if (outcome.GoldFolder is not null)
        {
            WritePath(console, "results   ", Path.Combine(Path.GetDirectoryName(outcome.GoldFolder)!, AssayHome.CurrentLink));
            foreach (TableOutcome table in outcome.Tables.Where(table => table.QuarantineFile is not null))
            {
                WritePath(console, "quarantine", table.QuarantineFile!);
            }
        }
    }

    private static void WritePath(IAnsiConsole console, string what, string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        console.Write(new Text($"{what} {(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative)}{Environment.NewLine}"));
    }

    private static string Show(object? cell, ColumnType type) => cell switch
    {
        null => "",
        Int128 number => WithThousands(Decimals.Format(number, type.Scale)),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => (string)cell,
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string WithThousands(string number)
    {
        int end = number.IndexOf('.', StringComparison.Ordinal);
        for (int at = (end < 0 ? number.Length : end) - 3; at > (number[0] == '-' ? 1 : 0); at -= 3)
        {
            number = number.Insert(at, ",");
        }

        return number;
    }
}
