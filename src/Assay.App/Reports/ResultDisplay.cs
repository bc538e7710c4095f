using System.Globalization;
using Assay.Data;
using Assay.Measure;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Shows a KPI as a table that fits the terminal: long text is cut, and what does not fit is named.</summary>
internal static class ResultDisplay
{
    private const int RowsShown = 12;
    private const int LongestCell = 30;

    public static void Write(IAnsiConsole console, KpiResult result)
    {
        Schema schema = result.Table.Schema;
        string[][] cells = [.. result.Table.Rows.Take(RowsShown).Select(row => row.Select((cell, i) => Show(cell, schema.Columns[i].Type)).ToArray())];

        console.MarkupLine($"[bold]{Markup.Escape(result.Definition.Title)}[/]");
        IReadOnlyList<string> hidden = TableDisplay.Write(
            console, [.. schema.Columns.Select(column => (column.Name, column.Type.IsNumeric))], cells, main: MainColumn(result.Definition));
        Note(console, result, hidden);
        console.WriteLine();
    }

    /// <summary>What a KPI is read for: what its rows are ordered by, unless that is a key; else its first measure. Null when there is none.</summary>
    internal static string? MainColumn(KpiDefinition kpi) =>
        kpi.OrderBy.Select(term => term.Column).FirstOrDefault(column => kpi.GroupBy.All(key => key.Name != column))
        ?? kpi.Measures.Select(measure => measure.Name).FirstOrDefault()
        ?? kpi.Score?.ScoreColumn;

    private static void Note(IAnsiConsole console, KpiResult result, IReadOnlyList<string> hidden)
    {
        foreach (ResultTotal total in result.Totals)
        {
            string suffix = result.Table.Totals.Count == 0 ? " in all" : "";
            ReportConsole.Note(console, $"{total.Name}: {Show(total)}{suffix}");
        }

        int more = result.Table.Rows.Count - RowsShown;
        string also = string.Join(" and ", new[]
        {
            more > 0 ? $"{TerminalReport.Number(more)} more rows" : null,
            hidden.Count > 0 ? string.Join(", ", hidden) : null,
        }.Where(part => part is not null));
        if (also.Length > 0)
        {
            ReportConsole.Note(console, $"in {result.Table.Name}.csv also {also}");
        }
    }

    private static string Show(ResultTotal total) => total.Members is null
        ? Show(total.Value, total.Type)
        : string.Join(", ", total.Members.Select(member => member.Members is null
            ? $"{member.Name} {Show(member)}"
            : $"{Harmless(member.Name)} ({Show(member)})"));

    private static string Show(object? cell, ColumnType type)
    {
        string text = cell switch
        {
            null => "",
            Int128 number => Decimals.WithThousands(Decimals.Format(number, type.Scale)),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            _ => Harmless((string)cell),
        };
        return type.Kind == ColumnKind.String ? Cut(text) : text;
    }

    /// <summary>A text's beginning, when it is too long for a table.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters that are kept.</param>
    internal static string Cut(string text, int longest = LongestCell) =>
        text.Length > longest ? string.Concat(text.AsSpan(0, longest - 1), "…") : text;

    /// <summary>A text from the data without control characters, which could steer the terminal.</summary>
    internal static string Harmless(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c))
        : text;
}
