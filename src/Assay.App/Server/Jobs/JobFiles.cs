using System.Text.Json;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>The files of a completed job.</summary>
internal static class JobFiles
{
    /// <summary>By what they are called in the API, their full paths, in the order they are told in. The names come from the job's
    /// results, which the server wrote; the folder is the job's own.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(JobEntry job, JobFolder folder)
    {
        using JsonDocument document = JsonDocument.Parse(job.Results ?? "{}");
        return document.RootElement.TryGetProperty("results", out JsonElement results)
            ? [.. results.GetProperty("saved_files").EnumerateObject()
                .Select(file => KeyValuePair.Create(file.Name, Path.Combine(folder.Output, Path.GetFileName(file.Value.GetString()!))))]
            : [];
    }

    /// <summary>All files of the outputs, as full paths.</summary>
    public static IReadOnlyList<string> In(JobFolder folder) => Directory.Exists(folder.Output) ? Directory.GetFiles(folder.Output) : [];
}
