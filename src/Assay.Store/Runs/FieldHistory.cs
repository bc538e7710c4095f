using System.Text.Json;

namespace Assay.Store;

/// <summary>The fields that earlier runs of a pipeline met without a column reading them, as their manifests tell.</summary>
public static class FieldHistory
{
    // A home that has so many newer runs of other pipelines is not searched to its end.
    private const int MostRuns = 1000;

    /// <summary>What the pipeline's last run knew.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>The fields by source, of the newest run that has noted any; none when no run has; null when the pipeline has no
    /// completed run that read its sources.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Last(AssayHome home, string pipeline)
    {
        bool hasRun = false;
        foreach (string run in RunHistory.NewestFirst(home).Take(MostRuns))
        {
            if (Read(RunManifest.PathOf(home, run), pipeline) is { } fields)
            {
                hasRun = true;
                if (fields.Count > 0)
                {
                    return fields;
                }
            }
        }

        return hasRun ? new Dictionary<string, IReadOnlyList<string>>() : null;
    }

    /// <summary>Reads them from a manifest, without the serializer, which takes long to get going.</summary>
    /// <returns>The fields; null when the manifest is none of a completed run of the pipeline.</returns>
    private static Dictionary<string, IReadOnlyList<string>>? Read(string path, string pipeline)
    {
        try
        {
            using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = manifest.RootElement;
            bool isIt = Text(root, "pipeline") == pipeline && Text(root, "status") == RunStatus.Completed.Name() && Text(root, "until") != "bronze";
            return !isIt ? null
                : !root.TryGetProperty("unknown_fields", out JsonElement fields) ? []
                : fields.EnumerateObject().ToDictionary(
                    source => source.Name,
                    IReadOnlyList<string> (source) => [.. source.Value.EnumerateArray().Select(field => field.GetString() ?? "")],
                    StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // A run that was killed at once has no manifest yet, and one that is damaged tells nothing.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
