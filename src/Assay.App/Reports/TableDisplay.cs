using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Draws a table that fits the terminal: columns that find no room are left out, and named by whoever calls.</summary>
internal static class TableDisplay
{
    /// <summary>A column's padding and border.</summary>
    private const int Frame = 3;

    /// <summary>What a table of two columns takes beside their texts.</summary>
    public const int FrameOfTwo = (2 * Frame) + 1;

    /// <summary>Draws a table.</summary>
    /// <param name="console">Where.</param>
    /// <param name="columns">The columns; numbers stand at the right.</param>
    /// <param name="rows">The cells as they are shown, one a column.</param>
    /// <param name="dropLast">Whether the last columns go first when there is no room, instead of the widest; the first always stays.</param>
    /// <param name="main">The column that the others are read for, such as the one that rows are ordered by; it is the last to go. Null names none.</param>
    /// <returns>The names of the columns that were left out.</returns>
    public static IReadOnlyList<string> Write(
        IAnsiConsole console, IReadOnlyList<(string Name, bool IsNumber)> columns, IReadOnlyList<string[]> rows, bool dropLast = false, string? main = null)
    {
        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Name.Length).Max())];
        List<int> shown = [.. Enumerable.Range(0, widths.Length)];
        while (shown.Count > 1 && 1 + shown.Sum(i => widths[i] + Frame) > console.Profile.Width)
        {
            shown.Remove(dropLast ? shown[^1] : shown.Skip(1).OrderBy(i => columns[i].Name == main).ThenByDescending(i => widths[i]).First());
        }

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        foreach (int i in shown)
        {
            TableColumn column = new TableColumn(new Text(columns[i].Name, Style.Parse("bold"))).NoWrap();
            table.AddColumn(columns[i].IsNumber ? column.RightAligned() : column);
        }

        foreach (string[] row in rows)
        {
            table.AddRow(shown.Select(i => new Text(row[i])));
        }

        console.Write(table);
        return [.. columns.Where((_, i) => !shown.Contains(i)).Select(column => column.Name)];
    }
}
