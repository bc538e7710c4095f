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

    /// <summary>A column's padding and border.</summary>
    private const int Frame = 3;

    public static void Write(IAnsiConsole console, KpiResult result)
    {
        Schema schema = result.Table.Schema;
        string[][] cells = [.. result.Table.Rows.Take(RowsShown).Select(row => row.Select((cell, i) => Show(cell, schema.Columns[i].Type)).ToArray())];
        int[] widths = [.. schema.Columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Name.Length).Max())];
        int[] shown = Fitting(widths, console.Profile.Width);

        console.MarkupLine($"[bold]{Markup.Escape(result.Definition.Title)}[/]");
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        foreach (int i in shown)
        {
            var column = new TableColumn(new Text(schema.Columns[i].Name, Style.Parse("bold"))).NoWrap();
            table.AddColumn(schema.Columns[i].Type.IsNumeric ? column.RightAligned() : column);
        }

        foreach (string[] row in cells)
        {
            table.AddRow(shown.Select(i => new Text(row[i])));
        }

        console.Write(table);
        Note(console, result, [.. schema.Columns.Where((_, i) => !shown.Contains(i)).Select(column => column.Name)]);
        console.WriteLine();
    }

    /// <summary>Which columns to show: all if they fit; else the widest go first, but never the first column.</summary>
    private static int[] Fitting(int[] widths, int room)
    {
        List<int> shown = [.. Enumerable.Range(0, widths.Length)];
        while (shown.Count > 1 && 1 + shown.Sum(i => widths[i] + Frame) > room)
        {
            shown.Remove(shown.Skip(1).MaxBy(i => widths[i]));
        }

        return [.. shown];
    }

    private static void Note(IAnsiConsole console, KpiResult result, string[] hidden)
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
            hidden.Length > 0 ? string.Join(", ", hidden) : null,
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
        bool isLong = type.Kind == ColumnKind.String && text.Length > LongestCell;
        return isLong ? string.Concat(text.AsSpan(0, LongestCell - 1), "…") : text;
    }

    /// <summary>A text from the data without control characters, which could steer the terminal.</summary>
    internal static string Harmless(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c))
        : text;
}
