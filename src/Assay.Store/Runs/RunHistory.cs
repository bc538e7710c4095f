using System.Text.Json;

namespace Assay.Store;

/// <summary>The runs that a home knows of.</summary>
public static class RunHistory
{
    /// <summary>The runs' names, newest first: names sort by time.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <returns>The names; none when there is no run yet.</returns>
    public static IEnumerable<string> NewestFirst(AssayHome home) => Directory.Exists(home.Runs)
        ? Directory.EnumerateDirectories(home.Runs)
            .Select(path => Path.GetFileName(path))
            .Where(name => name[0] != '.')
            .OrderDescending(StringComparer.Ordinal)
        : [];

    /// <summary>A run's manifest.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The manifest, or null when there is no such run.</returns>
    /// <exception cref="StoreException">Its file is not a manifest.</exception>
    public static RunManifest? Find(AssayHome home, string runId)
    {
        if (runId.Length == 0 || runId[0] == '.' || runId.IndexOfAny(['/', '\\', ':', '\0']) >= 0)
        {
            return null;
        }

        try
        {
            return RunManifest.Load(home, runId);
        }
        catch (JsonException e)
        {
            string path = RunManifest.PathOf(home, runId);
            throw new StoreException(path, $"{path} is not a manifest: {e.Message}", e);
        }
    }
}
