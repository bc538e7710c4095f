using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>
/// Takes in, once, what a server of the earlier kind left in the home: <c>job_metadata.json</c> and the folders
/// <c>processed/&lt;uuid&gt;</c>. Its files are copied, and stay as they are.
/// </summary>
internal sealed class OldJobs(JobDatabase jobs, PipelineCatalog catalog, ServerSettings settings, ServerOptions options, ILogger<OldJobs> log)
{
    private const string Metadata = "job_metadata.json";
    private const string Processed = "processed";
    private const string Lost = "the server that ran this job ended before it did";

    /// <summary>Takes it in, unless that was done before.</summary>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public void Import()
    {
        string file = Path.Combine(options.Home.Root, Metadata);
        string folder = Path.Combine(options.Home.Root, Processed);
        if (catalog.Default is not { } pipeline || jobs.IsImported(Metadata) || !File.Exists(file) && !Directory.Exists(folder))
        {
            return;
        }

        var found = new Dictionary<string, JobEntry>(StringComparer.Ordinal);
        ReadMetadata(file, pipeline, found);
        string[] folders = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        foreach (string path in folders.Order(StringComparer.Ordinal))
        {
            if (Guid.TryParse(Path.GetFileName(path), out Guid id) && !found.ContainsKey(id.ToString("D")))
            {
                found[id.ToString("D")] = Discovered(id.ToString("D"), path, pipeline);
            }
        }

        JobEntry[] all = [.. found.Values.OrderBy(job => job.CreatedAt)];
        jobs.Changes.Import(Metadata, all, options.Time.GetUtcNow());
        ServerLog.Imported(log, all.Length, options.Home.Root);
    }

    private void ReadMetadata(string file, string pipeline, Dictionary<string, JobEntry> found)
    {
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonProperty job in document.RootElement.EnumerateObject())
            {
                if (Guid.TryParse(job.Name, out Guid id) && job.Value.ValueKind == JsonValueKind.Object)
                {
                    found[id.ToString("D")] = Entry(id.ToString("D"), job.Value, pipeline);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            ServerLog.NotImported(log, Metadata, e.Message);
        }
    }

    private JobEntry Entry(string id, JsonElement job, string pipeline)
    {
        DateTimeOffset created = Moment(job, "created_at") ?? options.Time.GetUtcNow();
        DateTimeOffset ended = Moment(job, "completed_at") ?? Moment(job, "failed_at") ?? created;
        bool isCompleted = Text(job, "status") == "completed";
        string? results = null;
        if (isCompleted)
        {
            Copy(id, Text(job, "output_dir"));
            results = Results(id, job);
        }

        return new JobEntry
        {
            Id = id,
            Pipeline = pipeline,
            Type = Text(job, "type") ?? JobType.Upload,
            Status = isCompleted ? JobStatus.Completed : JobStatus.Failed,
            Attempt = 1,
            Request = new JobRequest
            {
                FileName = FileLabel.Of(Text(job, "filename") ?? "unknown_file.csv"),
                FileSize = Number(job, "file_size"),
                Rows = Number(job, "num_rows"),
                ChunkSize = (int)(Number(job, "chunk_size") ?? JobRequest.DefaultChunkSize),
                IsDiscovered = true,
            }.ToJson(),
            Results = results,
            Error = isCompleted ? null : Text(job, "error") ?? Lost,
            ErrorType = isCompleted ? null : "imported",
            CreatedAt = created,
            StartedAt = Moment(job, "started_at"),
            EndedAt = ended,
        };
    }

    /// <summary>A folder of which nothing else is known: completed when its figures can be read.</summary>
    private JobEntry Discovered(string id, string path, string pipeline)
    {
        DateTimeOffset at = Directory.GetLastWriteTimeUtc(path);
        string? summary = Summary(pipeline) is { } name && File.Exists(Path.Combine(path, name)) ? Path.Combine(path, name) : null;
        string? results = null;
        if (summary is not null)
        {
            try
            {
                using JsonDocument figures = JsonDocument.Parse(File.ReadAllBytes(summary));
                CopyFrom(id, path);
                results = Write(id, writer => Member(writer, "processing_stats", figures.RootElement), pipeline);
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                ServerLog.NotImported(log, $"{Processed}/{id}", e.Message);
            }
        }

        return new JobEntry
        {
            Id = id,
            Pipeline = pipeline,
            Type = JobType.Discovered,
            Status = results is null ? JobStatus.Failed : JobStatus.Completed,
            Attempt = 1,
            Request = new JobRequest { FileName = "unknown_file.csv", IsDiscovered = true }.ToJson(),
            Results = results,
            Error = results is null ? Lost : null,
            ErrorType = results is null ? "imported" : null,
            CreatedAt = at,
            EndedAt = at,
        };
    }

    private string Results(string id, JsonElement job)
    {
        string pipeline = catalog.Default!;
        return Write(id, writer =>
        {
            foreach (string section in new[] { "processing_stats", "data_quality_stats" })
            {
                if (job.TryGetProperty("results", out JsonElement results) && results.ValueKind == JsonValueKind.Object && results.TryGetProperty(section, out JsonElement stats))
                {
                    Member(writer, section, stats);
                }
            }
        }, pipeline);
    }

    /// <summary>Writes results in today's form. A quality that nobody measured is not made up.</summary>
    private string Write(string id, Action<Utf8JsonWriter> stats, string pipeline)
    {
        var folder = new JobFolder(options.Home, id);
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("results");
            writer.WriteString("pipeline_status", "completed");
            writer.WriteString("output_directory", folder.Told(folder.Output));
            writer.WriteStartObject("saved_files");
            if (settings.Pipelines.TryGetValue(pipeline, out PipelineSetting? setting))
            {
                foreach (FileSetting file in setting.Files.Where(file => File.Exists(Path.Combine(folder.Output, file.Name))))
                {
                    writer.WriteString(file.Type, folder.Told(Path.Combine(folder.Output, file.Name)));
                }
            }

            writer.WriteEndObject();
            stats(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private string? Summary(string pipeline) => settings.Pipelines.TryGetValue(pipeline, out PipelineSetting? setting)
        ? setting.Files.FirstOrDefault(file => file.Content == FileContent.Counts)?.Name
        : null;

    /// <summary>Copies the outputs that the old file tells of, when they are the job's own and lie in the home.</summary>
    private void Copy(string id, string? told)
    {
        string own = Path.Combine(options.Home.Root, Processed, id);
        if (told is not null && Guid.TryParse(Path.GetFileName(told), out Guid named) && named.ToString("D") == id && Directory.Exists(own))
        {
            CopyFrom(id, own);
        }
    }

    private void CopyFrom(string id, string path)
    {
        string output = new JobFolder(options.Home, id).Output;
        Directory.CreateDirectory(output);
        foreach (string file in Directory.EnumerateFiles(path))
        {
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static void Member(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static string? Text(JsonElement job, string name) =>
        job.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement job, string name) =>
        job.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    /// <summary>The old server wrote local times without a zone; the zone of this machine is the best guess.</summary>
    private static DateTimeOffset? Moment(JsonElement job, string name) =>
        DateTimeOffset.TryParse(Text(job, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment) ? moment.ToUniversalTime() : null;
}
