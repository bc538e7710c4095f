using System.Globalization;
using System.Text.Json;

namespace Assay.Store;

/// <summary>Writes a manifest as <see cref="ManifestJson"/> reads it.</summary>
/// <remarks>Every run writes two, and the serializer, also a generated one, needs 40 ms to get going: as much
/// as all the rest of a small run's start. What only some pipelines have is left out where it is absent.</remarks>
internal static class ManifestText
{
    /// <summary>What is written before it is handed on: the writer itself would keep a whole document, and inputs may be many.</summary>
    private const int MostPending = 1 << 16;

    public static void Write(Utf8JsonWriter writer, RunManifest manifest)
    {
        writer.WriteStartObject();
        writer.WriteString("pipeline", manifest.Pipeline);
        writer.WriteString("run_id", manifest.RunId);
        writer.WriteString("status", manifest.Status.Name());
        writer.WriteString("started", Moment(manifest.Started));
        writer.WriteString("finished", manifest.Finished is { } finished ? Moment(finished) : null);
        writer.WriteNumber("process_id", manifest.ProcessId);
        writer.WriteString("configuration_hash", manifest.ConfigurationHash);
        writer.WriteString("engine", manifest.Engine);
        writer.WriteNumber("threads", manifest.Threads);
        WriteLayers(writer, manifest);
        WriteInputs(writer, manifest.Inputs);
        WriteBooks(writer, "books", manifest.Books);
        if (manifest.CumulativeBooks.Count > 0)
        {
            WriteBooks(writer, "cumulative_books", manifest.CumulativeBooks);
        }

        WriteSilver(writer, manifest.Silver);
        WriteReplays(writer, manifest.Replays);
        WriteFields(writer, "unknown_fields", manifest.UnknownFields);
        WriteFields(writer, "new_fields", manifest.NewFields);
        RequestsText.Write(writer, manifest.Requests);
        WriteChecks(writer, manifest.Checks);
        WriteTimings(writer, manifest.Timings);
        writer.WriteNumber("rows_per_second", manifest.RowsPerSecond);
        writer.WriteNumber("megabytes_per_second", manifest.MegabytesPerSecond);
        writer.WriteNumber("peak_memory_bytes", manifest.PeakMemoryBytes);
        writer.WriteStartObject("versions");
        writer.WriteString("assay", manifest.Versions.Assay);
        writer.WriteString("dotnet", manifest.Versions.Dotnet);
        writer.WriteString("os", manifest.Versions.Os);
        writer.WriteEndObject();
        WriteNumber(writer, "exit_code", manifest.ExitCode);
        writer.WriteString("error", manifest.Error);
        writer.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter writer, RunManifest manifest)
    {
        if (manifest.Batch is { } batch)
        {
            writer.WriteNumber("batch", batch);
        }

        if (manifest.Layers.Count > 0)
        {
            writer.WriteStartArray("layers");
            foreach (string layer in manifest.Layers)
            {
                writer.WriteStringValue(layer);
            }

            writer.WriteEndArray();
        }

        WriteUnlessNull(writer, "until", manifest.Until);
        WriteUnlessNull(writer, "as_of", manifest.AsOf);
    }

    private static void WriteFields(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> bySource)
    {
        if (bySource.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach ((string source, IReadOnlyList<string> fields) in bySource.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            writer.WriteStartArray(source);
            foreach (string field in fields)
            {
                writer.WriteStringValue(field);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter writer, IReadOnlyList<RunInput> inputs)
    {
        writer.WriteStartArray("inputs");
        foreach (RunInput input in inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("path", input.Path);
            WriteNumber(writer, "bytes", input.Bytes);
            writer.WriteString("sha256", input.Sha256);
            WriteUnlessNull(writer, "source", input.Source);
            if (input.Seen is { } seen)
            {
                writer.WriteBoolean("seen", seen);
            }

            writer.WriteEndObject();
            if (writer.BytesPending > MostPending)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteBooks(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, RunBooks> books)
    {
        writer.WriteStartObject(name);
        foreach ((string table, RunBooks rows) in books)
        {
            writer.WriteStartObject(table);
            writer.WriteBooks(rows);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteSilver(Utf8JsonWriter writer, IReadOnlyDictionary<string, SilverRows> silver)
    {
        if (silver.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("silver");
        foreach ((string table, SilverRows rows) in silver)
        {
            writer.WriteStartObject(table);
            writer.WriteNumber("added", rows.Added);
            writer.WriteNumber("replaced", rows.Replaced);
            writer.WriteNumber("total", rows.Total);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteReplays(Utf8JsonWriter writer, IReadOnlyDictionary<string, long> replays)
    {
        if (replays.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("replays");
        foreach ((string run, long rows) in replays)
        {
            writer.WriteNumber(run, rows);
        }

        writer.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter writer, IReadOnlyList<CheckOutcome> checks)
    {
        if (checks.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("checks");
        foreach (CheckOutcome check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("table", check.Table);
            writer.WriteString("name", check.Name);
            writer.WriteString("severity", check.Severity.Name());
            writer.WriteBoolean("holds", check.Holds);
            writer.WriteString("observed", check.Observed);
            writer.WriteString("expected", check.Expected);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTimings(Utf8JsonWriter writer, IReadOnlyList<RunTiming> timings)
    {
        writer.WriteStartArray("timings");
        foreach (RunTiming timing in timings)
        {
            writer.WriteStartObject();
            writer.WriteString("stage", timing.Stage);
            writer.WriteNumber("seconds", timing.Seconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    internal static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
