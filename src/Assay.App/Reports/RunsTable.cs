using System.Globalization;
using Assay.App.Runs;
using Assay.Data;
using Assay.Store;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>The list of runs, as a table for people or as rows for programs.</summary>
internal static class RunsTable
{
    private static readonly Schema Columns = new(
    [
        new Column("run_id", ColumnType.String),
        new Column("pipeline", ColumnType.String),
        new Column("status", ColumnType.String),
        new Column("started", ColumnType.Timestamp),
        new Column("seconds", ColumnType.Decimal(18, 3)),
        new Column("read", ColumnType.Integer),
        new Column("accepted", ColumnType.Integer),
        new Column("quarantined", ColumnType.Integer),
        new Column("exit_code", ColumnType.Integer),
    ]);

    /// <summary>The runs as rows; times are UTC, what is not known is null.</summary>
    public static ResultTable Rows(IEnumerable<RunManifest> runs, TimeProvider time) => new(
        "runs",
        "Runs",
        Columns,
        [.. runs.Select(run => new object?[]
        {
            run.RunId,
            run.Pipeline,
            RunState.Of(run),
            run.Started.UtcDateTime,
            RunState.Duration(run, time) is { } duration ? (Int128)Math.Round(duration.TotalMilliseconds) : null,
            Sum(run, books => books.Read),
            Sum(run, books => books.Accepted),
            Sum(run, books => books.Quarantined),
            run.ExitCode is { } code ? (Int128)code : null,
        })]);

    /// <summary>Draws the runs.</summary>
    public static void Write(IAnsiConsole console, ResultTable runs)
    {
        IReadOnlyList<string> hidden = TableDisplay.Write(
            console,
            [("run", false), ("pipeline", false), ("status", false), ("started (UTC)", false), ("took", true),
                ("read", true), ("accepted", true), ("quarantined", true), ("exit", true)],
            [.. runs.Rows.Select(row => new[]
            {
                (string)row[0]!,
                ResultDisplay.Harmless((string)row[1]!),
                (string)row[2]!,
                ((DateTime)row[3]!).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                row[4] is Int128 milliseconds ? Took((double)milliseconds / 1000) : "",
                Number(row[5]), Number(row[6]), Number(row[7]), Number(row[8]),
            })],
            dropLast: true);
        if (hidden.Count > 0)
        {
            ReportConsole.Note(console, $"with --format csv or json also {string.Join(", ", hidden)}");
        }
    }

    /// <summary>A duration, as people read it.</summary>
    public static string Took(double seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 60} min {(long)seconds % 60} s");

    private static object? Sum(RunManifest run, Func<RunBooks, long> rows) =>
        run.Books.Count == 0 ? null : (Int128)run.Books.Values.Sum(rows);

    private static string Number(object? cell) => cell is Int128 number ? TerminalReport.Number((long)number) : "";
}
