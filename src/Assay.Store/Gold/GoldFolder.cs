namespace Assay.Store;

/// <summary>The folder of a pipeline's gold: what may be removed from it, and how its link moves on.</summary>
internal static class GoldFolder
{
    public const string StagingPrefix = ".staging-";
    public const string LockSuffix = ".lock";
    private const string PrunedPrefix = ".pruned-";
    private const string LinkPrefix = ".current-";

    /// <summary>Removes what killed processes left. The caller holds the folder's lock.</summary>
    public static void Sweep(string gold)
    {
        foreach (string staging in Directory.GetDirectories(gold, StagingPrefix + "*"))
        {
            using FileLock? free = FileLock.TryTake(staging + LockSuffix);
            if (free is not null)
            {
                Directory.Delete(staging, recursive: true);
            }
        }

        foreach (string path in Directory.GetFiles(gold, StagingPrefix + "*" + LockSuffix))
        {
            using FileLock? free = FileLock.TryTake(path);
            if (free is not null)
            {
                File.Delete(path);
            }
        }

        foreach (string pruned in Directory.GetDirectories(gold, PrunedPrefix + "*"))
        {
            Directory.Delete(pruned, recursive: true);
        }
    }

    /// <summary>Waits until all files under a folder, and their names, are on the disk.</summary>
    public static void Sync(string folder)
    {
        Durable.SyncFiles(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            Durable.SyncFolder(inner);
        }

        Durable.SyncFolder(folder);
    }

    /// <summary>Lets the link lead to a run. It is relative, so that the home can be moved.</summary>
    public static void Flip(string gold, string runId)
    {
        string link = Path.Combine(gold, LinkPrefix + runId);
        File.Delete(link);
        Directory.CreateSymbolicLink(link, runId);
        try
        {
            Durable.ReplaceLink(link, Path.Combine(gold, AssayHome.CurrentLink));
        }
        catch
        {
            File.Delete(link);
            throw;
        }
    }

    /// <summary>Removes the oldest runs past the newest <paramref name="keep"/>; run ids sort by time.</summary>
    /// <returns>The folders that could not be removed.</returns>
    public static IReadOnlyList<string> Prune(string gold, string current, int keep)
    {
        IEnumerable<string> old = Directory.GetDirectories(gold)
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name[0] != '.' && name != AssayHome.CurrentLink && name != current)
            .OrderDescending(StringComparer.Ordinal)
            .Skip(keep - 1);
        var leftovers = new List<string>();
        foreach (string name in old)
        {
            string path = Path.Combine(gold, name);
            try
            {
                // Renamed first, so that nobody finds a published run with half of its files.
                string pruned = Path.Combine(gold, PrunedPrefix + name);
                Directory.Move(path, pruned);
                path = pruned;
                Directory.Delete(pruned, recursive: true);
            }
            catch (Exception e) when (StoreException.Explains(e))
            {
                leftovers.Add(path);
            }
        }

        return leftovers;
    }
}
