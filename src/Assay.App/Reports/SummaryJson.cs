using System.Globalization;
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
        if (outcome.AsOf is { } asOf)
        {
            writer.WriteString("as_of", asOf.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
        }

        WriteBooks(writer, "rows", outcome.ResultBooks);
        if (outcome.Tables.Count > 1)
        {
            writer.WriteStartObject("tables");
            foreach ((string table, RunBooks books) in outcome.TableBooks)
            {
                WriteBooks(writer, table, books);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("quality");
        writer.WriteNumber("score", outcome.ResultScore.Value);
        writer.WriteString("formula", RunScore.Formula);
        writer.WriteEndObject();
        writer.WriteStartObject("totals");
        foreach (KpiResult result in outcome.Results.Where(result => result.Table.Totals.Count == 0))
        {
            JsonTable.WriteTotals(result.Totals, writer);
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
            if (result.Table.Totals.Count == 0)
            {
                JsonTable.WriteTotals(result.Totals, writer);
            }
            else
            {
                // Two KPIs may give figures the same name, and a figure may go by the name of what stands above.
                writer.WriteStartObject("totals");
                JsonTable.WriteTotals(result.Totals, writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static void WriteBooks(Utf8JsonWriter writer, string name, RunBooks books)
    {
        writer.WriteStartObject(name);
        writer.WriteBooks(books);
        writer.WriteEndObject();
    }
}
