using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>What a job was asked to do, as the database keeps it.</summary>
internal sealed record JobRequest
{
    /// <summary>What people call its input. It is a label only, never part of a path.</summary>
    public required string FileName { get; init; }

    /// <summary>The bytes that were uploaded.</summary>
    public long? FileSize { get; init; }

    /// <summary>How many rows of input are generated; null when input is given.</summary>
    public long? Rows { get; init; }

    /// <summary>What clients of old give; it is told back and has no effect.</summary>
    public int ChunkSize { get; init; } = DefaultChunkSize;

    /// <summary>Whether the clean rows are kept with the job, for questions that come later.</summary>
    public bool KeepsSilver { get; init; }

    /// <summary>By source, the name of its file in the job's input folder.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether its file holds repaired rows, which are loaded where the rows were that were set aside.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The job on whose home it runs, as it repairs rows of that one; null for its own, or the server's.</summary>
    public string? OfJob { get; init; }

    /// <summary>Whether it was found in a folder without anything else being known of it.</summary>
    public bool IsDiscovered { get; init; }

    /// <summary>What <see cref="ChunkSize"/> is unless given.</summary>
    public const int DefaultChunkSize = 1_000;

    /// <summary>The request of a job.</summary>
    public static JobRequest Of(JobEntry job) => JsonSerializer.Deserialize(job.Request, JobRequestJson.Default.JobRequest)!;

    /// <summary>As the database keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JobRequestJson.Default.JobRequest);
}

/// <summary>How requests are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JobRequest))]
internal sealed partial class JobRequestJson : JsonSerializerContext;
