using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Quarantine;
using Assay.Data;
using Assay.Store;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>The quarantine as tables for people, and as rows for programs.</summary>
internal static class QuarantineTables
{
    private const int ReasonsShown = 3;
    private const int LongestPath = 30;

    private static readonly Schema ListColumns = new(
    [
        Text("run_id"), Text("pipeline"), Text("table"), new Column("started", ColumnType.Timestamp), Text("state"),
        new Column("rows", ColumnType.Integer), new Column("resolved", ColumnType.Integer), Text("reasons"), Text("replayed_by"),
    ]);

    private static readonly Column[] RowColumns =
    [
        Text("run_id"), Text("table"), Text("file"), new Column("row", ColumnType.Integer), Text("column"),
        Text("code"), Text("value"), Text("expected"), Text("also"),
    ];

    /// <summary>What runs set aside, a row for each table and run.</summary>
    public static ResultTable List(IEnumerable<QuarantinedRun> runs) => new("quarantine", "Quarantine", ListColumns, [.. runs.Select(run =>
    {
        (string Code, long Rows)[] reasons = [.. run.Rows.CountBy(row => row.Code)
            .OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => (reason.Key, (long)reason.Value))];
        long rows = reasons.Sum(reason => reason.Rows);
        return new object?[]
        {
            run.RunId,
            run.Run?.Pipeline,
            run.Table,
            run.Run?.Started.UtcDateTime,
            State(run, rows),
            (Int128)rows,
            (Int128)run.Resolved.Count,
            string.Join("; ", reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Code} {reason.Rows}"))),
            run.Resolved.Count == 0 ? null : string.Join("; ", run.Resolved.Runs.Select(by => by.RunId)),
        };
    })]);

    /// <summary>Draws what <see cref="List"/> found.</summary>
    public static void WriteList(IAnsiConsole console, ResultTable list) => Note(console, TableDisplay.Write(
        console,
        [("run", false), ("table", false), ("state", false), ("rows", true), ("resolved", true), ("reasons", false), ("pipeline", false), ("started (UTC)", false)],
        [.. list.Rows.Select(row => new[]
        {
            (string)row[0]!, (string)row[2]!, (string)row[4]!, Number(row[5]), Number(row[6]), Top((string)row[7]!), (string?)row[1] ?? "",
            row[3] is DateTime started ? started.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "",
        })],
        dropLast: true));

    /// <summary>Single rows; of personal data only what a mask leaves, unless it is taken off.</summary>
    /// <param name="pipeline">The pipeline, which says what is personal.</param>
    /// <param name="rows">The rows, each with the run that set it aside.</param>
    /// <param name="unmask">Whether everything is shown as it is, the record too.</param>
    public static ResultTable Rows(PipelineDefinition pipeline, IEnumerable<(QuarantinedRun Run, QuarantineRow Row)> rows, bool unmask) => new(
        "rows",
        "Rows set aside",
        new Schema(unmask ? [.. RowColumns, Text("record")] : RowColumns),
        [.. rows.Select(one =>
        {
            QuarantineRow row = unmask ? one.Row : QuarantineMask.Of(one.Row, pipeline.Tables.First(table => table.Name == one.Run.Table));
            object?[] cells =
            [
                one.Run.RunId, one.Run.Table, row.File, (Int128)row.Row, Filled(row.Column), row.Code, Filled(row.Value), Filled(row.Expected), Filled(row.Also),
            ];
            return unmask ? [.. cells, row.Record] : cells;
        })]);

    /// <summary>Draws what <see cref="Rows"/> made.</summary>
    public static void WriteRows(IAnsiConsole console, ResultTable rows) => Note(console, TableDisplay.Write(
        console,
        [("table", false), ("file", false), ("row", true), ("column", false), ("code", false), ("value", false), ("expected", false), ("run", false)],
        [.. rows.Rows.Select(row => new[]
        {
            (string)row[1]!, End((string)row[2]!), Number(row[3]), Cell(row[4]), (string)row[5]!, Cell(row[6]), Cell(row[7]), (string)row[0]!,
        })],
        dropLast: true));

    private static Column Text(string name) => new(name, ColumnType.String);

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    private static string Cell(object? text) => ResultDisplay.Cut(ResultDisplay.Harmless((string?)text ?? ""));

    /// <summary>The end of a path, which tells more than its beginning.</summary>
    private static string End(string path) => ResultDisplay.Harmless(path.Length > LongestPath ? string.Concat("…", path.AsSpan(path.Length - LongestPath + 1)) : path);

    private static string Number(object? cell) => TerminalReport.Number((long)(Int128)cell!);

    private static string State(QuarantinedRun run, long rows) => run.Standing switch
    {
        QuarantineStanding.Replaced => "replaced",
        QuarantineStanding.Unpublished => "unpublished",
        _ => run.Resolved.Count < rows ? "open" : "resolved",
    };

    private static string Top(string reasons)
    {
        string[] all = reasons.Split("; ");
        return all.Length <= ReasonsShown
            ? reasons
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", all.Take(ReasonsShown))}; {all.Length - ReasonsShown} more");
    }

    private static void Note(IAnsiConsole console, IReadOnlyList<string> hidden)
    {
        if (hidden.Count > 0)
        {
            ReportConsole.Note(console, $"with --format csv or json also {string.Join(", ", hidden)}");
        }
    }
}
