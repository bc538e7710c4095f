using System.Collections.Concurrent;
using System.Text.Json;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>A job as clients are told of it.</summary>
/// <param name="home">The server's home.</param>
/// <param name="queue">Tells how far the running ones have come.</param>
internal sealed class JobJson(AssayHome home, JobQueue queue)
{
    private const int MostRemembered = 2_000;

    private readonly ConcurrentDictionary<(string Id, DateTimeOffset? Ended, bool WithSummary), byte[]> _ended = new();

    /// <summary>Writes a job as an object. One that has ended does not change, and is put into words once.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="withSummary">Whether to add the summary of a completed one.</param>
    public void Write(Utf8JsonWriter writer, JobEntry job, bool withSummary)
    {
        if (!job.IsEnded)
        {
            WriteNew(writer, job, withSummary);
            return;
        }

        if (_ended.Count >= MostRemembered)
        {
            _ended.Clear();
        }

        writer.WriteRawValue(_ended.GetOrAdd((job.Id, job.EndedAt, withSummary), _ => Json.Bytes(one => WriteNew(one, job, withSummary))), skipInputValidation: true);
    }

    private void WriteNew(Utf8JsonWriter writer, JobEntry job, bool withSummary)
    {
        JobRequest request = JobRequest.Of(job);
        var folder = new JobFolder(home, job.Id);
        writer.WriteStartObject();
        writer.WriteString("job_id", job.Id);
        writer.WriteString("filename", request.FileName);
        writer.WriteString("status", WireStatus.Of(job.Status));
        writer.WriteString("created_at", WireTime.Of(job.CreatedAt));
        writer.WriteString("input_file", JobResults.InputOf(request, null, folder));
        writer.WriteString("output_dir", folder.Told(folder.Output));
        writer.WriteNumber("chunk_size", request.ChunkSize);
        if (request.Rows is { } rows)
        {
            writer.WriteNumber("num_rows", rows);
        }

        if (request.FileSize is { } size)
        {
            writer.WriteNumber("file_size", size);
        }

        writer.WriteString("type", job.Type);
        writer.WriteString("pipeline", job.Pipeline);
        writer.WriteNumber("attempt", job.Attempt);
        if (request.IsDiscovered)
        {
            writer.WriteBoolean("discovered_on_startup", true);
        }

        End(writer, job);
        if (queue.Running(job.Id) is { } running && job.Status == JobStatus.Running)
        {
            writer.WritePropertyName("progress");
            new ProgressJson(running).Write(writer);
        }

        if (job.Results is { } results)
        {
            Results(writer, results, withSummary);
        }

        writer.WriteEndObject();
    }

    private static void End(Utf8JsonWriter writer, JobEntry job)
    {
        if (job.StartedAt is { } started)
        {
            writer.WriteString("started_at", WireTime.Of(started));
        }

        if (job.EndedAt is { } ended)
        {
            writer.WriteString(WireStatus.Of(job.Status) + "_at", WireTime.Of(ended));
        }

        if (job.Error is { } error)
        {
            writer.WriteString("error", error);
            writer.WriteString("error_type", job.ErrorType);
        }
    }

    private static void Results(Utf8JsonWriter writer, string text, bool withSummary)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            property.WriteTo(writer);
        }

        if (withSummary && document.RootElement.TryGetProperty("results", out JsonElement results))
        {
            writer.WriteStartObject("summary");
            Copy(writer, "records_processed", results, "processing_stats", "records_processed");
            writer.WriteNumber("output_files", results.GetProperty("saved_files").EnumerateObject().Count());
            Copy(writer, "data_quality_rate", results, "data_quality_stats", "success_rate");
            writer.WriteEndObject();
        }
    }

    /// <summary>Copies a figure, or null where there is none.</summary>
    public static void Copy(Utf8JsonWriter writer, string name, JsonElement results, string section, string key)
    {
        writer.WritePropertyName(name);
        if (results.TryGetProperty(section, out JsonElement found) && found.ValueKind == JsonValueKind.Object && found.TryGetProperty(key, out JsonElement value))
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
