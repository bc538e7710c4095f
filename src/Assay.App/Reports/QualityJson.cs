using System.Text.Json;
using Assay.App.Runs;
using Assay.Data;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Reports;

/// <summary>
/// <c>quality.json</c>: per table the books and rates, per column what was missing, rejected and doubtful.
/// All but <c>requests</c> and <c>throughput</c> depends on the data and the pipeline alone, and whether an unknown field is
/// new on the runs before.
/// </summary>
internal static class QualityJson
{
    public static void Write(RunOutcome outcome, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, JsonTable.Layout);
        writer.WriteStartObject();
        writer.WriteString("pipeline", outcome.Pipeline.Name);
        writer.WriteStartObject("tables");
        foreach (TableOutcome table in outcome.Tables)
        {
            writer.WriteStartObject(table.Quality.Table);
            WriteTable(writer, table);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        RequestsText.Write(writer, outcome.Requests);
        writer.WriteStartObject("throughput");
        writer.WriteNumber("seconds", Math.Round(outcome.Elapsed.TotalSeconds, 3));
        writer.WriteNumber("rows_per_second", Math.Round(outcome.RowsPerSecond));
        writer.WriteNumber("megabytes_per_second", Math.Round(outcome.MegabytesPerSecond, 1));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter writer, TableOutcome table)
    {
        TableQuality quality = table.Quality;
        SummaryJson.WriteBooks(
            writer, "rows", new RunBooks(quality.Read, quality.Accepted, quality.Quarantined, quality.Deduplicated, quality.Filtered));
        WriteRate(writer, "accepted_rate", quality.Accepted, quality.Read);
        WriteRate(writer, "quarantined_rate", quality.Quarantined, quality.Read);
        writer.WriteStartArray("ignored_columns");
        foreach (string column in table.ExtraColumns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        WriteUnknown(writer, table);
        writer.WriteStartArray("record_faults");
        foreach ((FaultCode code, long rows) in quality.RecordFaults)
        {
            writer.WriteStartObject();
            writer.WriteString("code", code.Name());
            writer.WriteNumber("rows", rows);
            WriteRate(writer, "rate", rows, quality.Read);
            writer.WriteString("expected", table.Plan.Expectation(-1, code));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("columns");
        for (int i = 0; i < quality.Columns.Count; i++)
        {
            WriteColumn(writer, table, i);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("derived");
        for (int i = 0; i < quality.Derived.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", quality.Derived[i]);
            writer.WriteNumber("overflows", quality.DerivedFaults[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Fields that no column reads and nobody said are known; left out where there are none.</summary>
    private static void WriteUnknown(Utf8JsonWriter writer, TableOutcome table)
    {
        if (table.UnknownFields.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("unknown_fields");
        foreach (UnknownField field in table.UnknownFields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("first", field.Place);
            writer.WriteBoolean("new", field.IsNew);
            if (field.Values is { } values && table.Plan.Table.SchemaContract == SchemaContract.DiscardValue)
            {
                writer.WriteNumber("discarded_values", values);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter writer, TableOutcome table, int i)
    {
        ColumnQuality column = table.Quality.Columns[i];
        writer.WriteStartObject();
        writer.WriteString("name", column.Name);
        writer.WriteString("type", column.Type.ToString());
        writer.WriteNumber("nulls", column.Nulls);
        WriteRate(writer, "null_rate", column.Nulls, table.Quality.Read);
        if (column.Distinct is { } distinct)
        {
            writer.WriteNumber("distinct", distinct);
        }

        if (column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp)
        {
            writer.WriteNumber("ambiguous", column.Ambiguous);
        }

        WriteFaults(writer, table, i, "rejected", column.Faults);
        if (column.NullsInvalid)
        {
            WriteFaults(writer, table, i, "nulled", column.Nulled);
        }

        writer.WriteEndObject();
    }

    private static void WriteFaults(
        Utf8JsonWriter writer, TableOutcome table, int i, string name, IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> faults)
    {
        writer.WriteStartArray(name);
        foreach ((FaultCode code, long rows, IReadOnlyList<FaultExample> examples) in faults)
        {
            writer.WriteStartObject();
            writer.WriteString("code", code.Name());
            writer.WriteNumber("rows", rows);
            WriteRate(writer, "rate", rows, table.Quality.Read);
            writer.WriteString("expected", table.Plan.Expectation(i, code));
            writer.WriteStartArray("examples");
            foreach (FaultExample example in examples)
            {
                writer.WriteStartObject();
                writer.WriteNumber("row", example.Row);
                writer.WriteString("value", example.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRate(Utf8JsonWriter writer, string name, long part, long whole)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(Ratio.Of(part, whole));
    }
}
