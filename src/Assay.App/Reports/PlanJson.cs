using System.Text.Json;
using Assay.App.Plans;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Reports;

/// <summary>A plan for programs.</summary>
internal static class PlanJson
{
    public static void Write(RunPlan plan, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, JsonTable.Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("pipeline", plan.Pipeline.Name);
            writer.WriteString("title", plan.Pipeline.Title);
            writer.WriteString("configuration_hash", plan.Pipeline.Hash);
            WriteLastRun(writer, plan);
            writer.WriteString("until", Name(plan.Until));
            writer.WriteBoolean("full_refresh", plan.FullRefresh);
            WriteArray(writer, "layers", Layers(plan), writer.WriteStringValue);
            WriteRows(writer, plan.Rows);
            WriteArray(writer, "sources", plan.Sources, source => WriteSource(writer, source));
            WriteArray(writer, "tables", plan.Tables, table => WriteTable(writer, table));
            WriteArray(writer, "kpis", plan.Kpis, kpi => WriteKpi(writer, kpi));
            writer.WriteBoolean("needs_full_refresh", plan.NeedsRefresh);
            WriteArray(writer, "notes", plan.Refusal is { } refusal ? [$"a run stops: {refusal}", .. PlanDisplay.Notes(plan)] : PlanDisplay.Notes(plan), writer.WriteStringValue);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The layers that a run changes, in their order.</summary>
    private static IEnumerable<string> Layers(RunPlan plan)
    {
        if (plan.Pipeline.KeepsBronze && plan.FilesRead.Any(file => file.Use is FileUse.New or FileUse.Ask))
        {
            yield return Name(Layer.Bronze);
        }

        if (plan.Pipeline.KeepsSilver && plan.Until != Layer.Bronze && plan.FilesRead.Any())
        {
            yield return Name(Layer.Silver);
        }

        if (plan.Until == Layer.Gold)
        {
            yield return Name(Layer.Gold);
        }
    }

    private static void WriteLastRun(Utf8JsonWriter writer, RunPlan plan)
    {
        if (plan.LastRun is not { } run)
        {
            writer.WriteNull("last_run");
            return;
        }

        writer.WriteStartObject("last_run");
        writer.WriteString("run_id", run.RunId);
        writer.WriteString("configuration_hash", run.ConfigurationHash);
        writer.WriteBoolean("same_configuration", plan.IsConfigurationKept == true);
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, PlannedSource source)
    {
        writer.WriteStartObject();
        writer.WriteString("source", source.Name);
        writer.WriteString("format", source.Format);
        WriteRows(writer, source.Rows);
        writer.WriteString("estimated_from", source.Basis);
        WriteArray(writer, "files", source.Files, file =>
        {
            writer.WriteStartObject();
            writer.WriteString("file", file.Path);
            writer.WriteString("use", Name(file.Use));
            writer.WriteBoolean("sample", file.IsSample);
            WriteNumber(writer, "bytes", file.Bytes);
            writer.WriteString("sha256", file.Sha256);
            WriteRows(writer, file.Rows);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter writer, PlannedTable table)
    {
        writer.WriteStartObject();
        writer.WriteString("table", table.Name);
        writer.WriteString("source", table.Source);
        writer.WriteBoolean("changes", table.IsTouched);
        if (table.Stored is { } stored)
        {
            writer.WriteNumber("stored_files", stored.Files);
            writer.WriteNumber("stored_rows", stored.Rows);
            WriteArray(writer, "schema_changes", stored.Drift, drift =>
            {
                writer.WriteStartObject();
                writer.WriteString("column", drift.Column);
                writer.WriteString("stored_as", drift.Stored);
                writer.WriteString("now", drift.Now);
                writer.WriteNumber("files", drift.Files);
                writer.WriteEndObject();
            });
        }

        writer.WriteEndObject();
    }

    private static void WriteKpi(Utf8JsonWriter writer, PlannedKpi kpi)
    {
        writer.WriteStartObject();
        writer.WriteString("kpi", kpi.Name);
        writer.WriteString("title", kpi.Title);
        writer.WriteString("table", kpi.Table);
        WriteArray(writer, "joins", kpi.Joins, writer.WriteStringValue);
        writer.WriteString("last", kpi.Window);
        writer.WriteString("as_of", PlanDisplay.Moment(kpi.AsOf));
        writer.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter writer, RowEstimate? rows)
    {
        WriteNumber(writer, "rows", rows?.Rows);
        writer.WriteBoolean("rows_exact", rows?.IsExact == true);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
