using System.Globalization;
using System.Text.Json;

namespace Assay.Store;

/// <summary>Writes a manifest as <see cref="ManifestJson"/> reads it.</summary>
/// <remarks>Every run writes two, and the serializer, also a generated one, needs 40 ms to get going: as much
/// as all the rest of a small run's start.</remarks>
internal static class ManifestText
{
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
        WriteInputs(writer, manifest.Inputs);
        WriteBooks(writer, manifest.Books);
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

    private static void WriteInputs(Utf8JsonWriter writer, IReadOnlyList<RunInput> inputs)
    {
        writer.WriteStartArray("inputs");
        foreach (RunInput input in inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("path", input.Path);
            WriteNumber(writer, "bytes", input.Bytes);
            writer.WriteString("sha256", input.Sha256);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBooks(Utf8JsonWriter writer, IReadOnlyDictionary<string, RunBooks> books)
    {
        writer.WriteStartObject("books");
        foreach ((string table, RunBooks rows) in books)
        {
            writer.WriteStartObject(table);
            writer.WriteNumber("read", rows.Read);
            writer.WriteNumber("accepted", rows.Accepted);
            writer.WriteNumber("quarantined", rows.Quarantined);
            writer.WriteNumber("deduplicated", rows.Deduplicated);
            writer.WriteNumber("filtered", rows.Filtered);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
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

    internal static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
