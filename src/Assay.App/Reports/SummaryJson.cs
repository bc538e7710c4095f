using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Reports;

/// <summary><c>summary.json</c>: the books, and what each KPI came to. It depends on the data and the pipeline alone.</summary>
internal static class SummaryJson
{
    public static void Write(RunOutcome outcome, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, JsonTable.Layout);
        writer.WriteStartObject();
        writer.WriteString("pipeline", outcome.Pipeline.Name);
        writer.WriteString("title", outcome.Pipeline.Title);
        WriteBooks(writer, "rows", outcome.Books);
        writer.WriteStartObject("quality");
        writer.WriteNumber("score", outcome.Score.Value);
        writer.WriteString("formula", RunScore.Formula);
        writer.WriteEndObject();
        writer.WriteStartObject("totals");
        foreach ((string name, long total) in outcome.Results.SelectMany(result => result.Totals))
        {
            writer.WriteNumber(name, total);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("kpis");
        foreach (KpiResult result in outcome.Results)
        {
            writer.WriteStartObject(result.Definition.Name);
            writer.WriteString("title", result.Definition.Title);
            writer.WriteString("table", result.Definition.From);
            if (result.Definition.Chart is not null)
            {
                writer.WriteString("chart", result.Definition.Chart);
            }

            writer.WriteNumber("rows", result.Table.Rows.Count);
            foreach ((string name, long total) in result.Totals)
            {
                writer.WriteNumber(name, total);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static void WriteBooks(Utf8JsonWriter writer, string name, RunBooks books)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("read", books.Read);
        writer.WriteNumber("accepted", books.Accepted);
        writer.WriteNumber("quarantined", books.Quarantined);
        writer.WriteNumber("deduplicated", books.Deduplicated);
        writer.WriteNumber("filtered", books.Filtered);
        writer.WriteEndObject();
    }
}
