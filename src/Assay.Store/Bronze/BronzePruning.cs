namespace Assay.Store;

/// <summary>Removes from a source's folder what nobody needs any more.</summary>
internal sealed class BronzePruning(AssayHome home, string source, DateTimeOffset now)
{
    /// <summary>A file of a run that is still under way is younger than that.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private int _orphans;
    private int _records;
    private int _spent;
    private long _bytes;

    public PrunedBronze Result => new(_orphans, _records, _spent, _bytes);

    /// <summary>Removes files that no commit knows, and that are no page of an API which may be needed again.</summary>
    public void RemoveOrphans(IReadOnlyList<LoadedFile> committed, IReadOnlyList<string> pages)
    {
        var known = committed.Select(file => file.BronzePath).OfType<string>().Concat(pages).Select(home.Full).ToHashSet(StringComparer.Ordinal);
        foreach (string path in BronzeFolder.Files(home.Bronze(source)).ToList())
        {
            if (!known.Contains(path) && now - File.GetLastWriteTimeUtc(path) > OrphanAge)
            {
                RemoveRaw(path);
                _orphans++;
            }
        }
    }

    /// <summary>Removes the Parquet copies of files that were loaded long ago; the raw bytes can give them again.</summary>
    public void RemoveRecords(IReadOnlyList<LoadedFile> committed, TimeSpan retention)
    {
        foreach (LoadedFile file in committed.Where(file => file.BronzePath is not null && IsPast(file, retention)))
        {
            if (RemoveFolder(Path.Combine(home.Root, file.BronzePath!) + BronzeFolder.RecordsSuffix))
            {
                _records++;
            }
        }
    }

    /// <summary>The files loaded long ago whose bytes may go.</summary>
    public IReadOnlyList<LoadedFile> Spent(IReadOnlyList<LoadedFile> committed, TimeSpan retention, Func<LoadedFile, bool> isSpent) =>
        [.. committed.Where(file => file.BronzePath is not null && IsPast(file, retention) && isSpent(file))];

    /// <summary>Removes the bytes of such files, which the state no longer points to.</summary>
    public void RemoveSpent(IReadOnlyList<LoadedFile> spent)
    {
        foreach (LoadedFile file in spent)
        {
            RemoveRaw(Path.Combine(home.Root, file.BronzePath!));
            _spent++;
        }
    }

    /// <summary>Removes the folders of days that nothing is left of.</summary>
    public void RemoveEmptyDays()
    {
        foreach (string day in Directory.Exists(home.Bronze(source)) ? Directory.GetDirectories(home.Bronze(source)) : [])
        {
            if (!Directory.EnumerateFileSystemEntries(day).Any())
            {
                Directory.Delete(day);
            }
        }
    }

    private bool IsPast(LoadedFile file, TimeSpan retention) => now - file.LoadedAt > retention;

    /// <summary>Removes a file and what belongs to it; its manifest last, which tells what the rest is.</summary>
    private void RemoveRaw(string path)
    {
        RemoveFolder(path + BronzeFolder.RecordsSuffix);
        Count(path);
        File.Delete(path);
        Count(path + BronzeManifest.Suffix);
        File.Delete(path + BronzeManifest.Suffix);
    }

    private bool RemoveFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            return false;
        }

        foreach (string file in Directory.GetFiles(path))
        {
            Count(file);
        }

        Directory.Delete(path, recursive: true);
        return true;
    }

    private void Count(string path) => _bytes += new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
