using System.Text.Json;
using Assay.Data;
using Assay.Measure;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>A published KPI, shown from its files as a whole table: what it looks like is what was published, whatever
/// the pipeline says by now.</summary>
internal static class PublishedTable
{
    /// <summary>Draws a KPI.</summary>
    /// <param name="console">Where.</param>
    /// <param name="folder">The folder that it was published to.</param>
    /// <param name="kpi">The KPI.</param>
    /// <exception cref="IOException">Its files cannot be read.</exception>
    public static void Write(IAnsiConsole console, string folder, KpiDefinition kpi)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, kpi.Name + ".json")));
        List<JsonElement[]> rows = [.. document.RootElement.EnumerateArray().Select(row => row.EnumerateObject().Select(cell => cell.Value).ToArray())];

        // An empty table has its columns in the header alone; they are plain names, which need no quotes.
        string[] names = File.ReadLines(Path.Combine(folder, kpi.Name + ".csv")).First().Split(',');
        (string, bool)[] columns = [.. names.Select((name, i) => (name, rows.Exists(row => row[i].ValueKind == JsonValueKind.Number)))];
        console.MarkupLine($"[bold]{Markup.Escape(kpi.Title)}[/]");
        IReadOnlyList<string> hidden = TableDisplay.Write(console, columns, [.. rows.Select(row => row.Select(Show).ToArray())], main: ResultDisplay.MainColumn(kpi));
        if (hidden.Count > 0)
        {
            ReportConsole.Note(console, $"with --format csv or json also {string.Join(", ", hidden)}");
        }
    }

    private static string Show(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Number => Decimals.WithThousands(cell.GetRawText()),
        JsonValueKind.String => ResultDisplay.Harmless(ResultDisplay.Cut(cell.GetString()!)),
        _ => cell.GetRawText(),
    };
}
