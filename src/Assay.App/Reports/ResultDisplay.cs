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
            console, [.. schema.Columns.Select(column => (column.Name, column.Type.IsNumeric))], cells);
        Note(console, result, hidden);
        console.WriteLine();
    }

    private static void Note(IAnsiConsole console, KpiResult result, IReadOnlyList<string> hidden)
    {
        foreach (ResultTotal total in result.Totals)
        {
            string suffix = result.Table.Totals.Count == 0 ? " in all" : "";
            console.MarkupLine($"[grey]  {Markup.Escape(total.Name)}: {Markup.Escape(Show(total))}{suffix}[/]");
        }

        int more = result.Table.Rows.Count - RowsShown;
        string also = string.Join(" and ", new[]
        {
            more > 0 ? $"{TerminalReport.Number(more)} more rows" : null,
            hidden.Count > 0 ? string.Join(", ", hidden) : null,
        }.Where(part => part is not null));
        if (also.Length > 0)
        {
            console.Write(new Text($"  in {result.Table.Name}.csv also {also}{Environment.NewLine}", Style.Parse("grey")));
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
    internal static string Cut(string text) =>
        text.Length > LongestCell ? string.Concat(text.AsSpan(0, LongestCell - 1), "…") : text;

    /// <summary>A text from the data without control characters, which could steer the terminal.</summary>
    internal static string Harmless(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c))
        : text;
}
