using System.Text.Json;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>A run as clients are told of it.</summary>
internal static class RunJson
{
    public static void Write(Utf8JsonWriter writer, RunManifest run, TimeProvider time, SafeText safe)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", run.RunId);
        writer.WriteString("pipeline", run.Pipeline);
        writer.WriteString("status", RunState.Of(run));
        writer.WriteString("started_at", WireTime.Of(run.Started));
        if (run.Finished is { } finished)
        {
            writer.WriteString("finished_at", WireTime.Of(finished));
        }

        if (RunState.Duration(run, time) is { } duration)
        {
            writer.WriteNumber("seconds", Math.Round(duration.TotalSeconds, 3));
        }

        writer.WriteString("engine", run.Engine);
        writer.WriteNumber("rows_per_second", run.RowsPerSecond);
        writer.WriteStartObject("books");
        foreach ((string table, RunBooks books) in run.Books)
        {
            writer.WriteStartObject(table);
            writer.WriteBooks(books);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("checks");
        foreach (CheckOutcome check in run.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("table", check.Table);
            writer.WriteString("name", check.Name);
            writer.WriteBoolean("holds", check.Holds);
            writer.WriteString("observed", check.Observed);
            writer.WriteString("expected", check.Expected);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (run.Error is { } error)
        {
            writer.WriteString("error", safe.Of(error));
        }

        writer.WriteEndObject();
    }
}
