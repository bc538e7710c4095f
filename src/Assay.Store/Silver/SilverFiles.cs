namespace Assay.Store;

/// <summary>Makes staged files of the silver layer visible, or removes them.</summary>
public static class SilverFiles
{
    private const string StagedSuffix = ".new";

    /// <summary>Makes a change visible. It may be done again after a crash, from the beginning: what was done
    /// already is left alone.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="renames">The staged files and what they become.</param>
    /// <param name="removals">The files that go.</param>
    /// <exception cref="StoreException">A file could not be moved or removed, or is nowhere.</exception>
    public static void Apply(AssayHome home, IEnumerable<SilverRename> renames, IEnumerable<string> removals)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        string path = home.Root;
        try
        {
            foreach (SilverRename rename in renames)
            {
                path = home.Full(rename.To);
                string staged = home.Full(rename.From);
                if (File.Exists(staged))
                {
                    File.Move(staged, path, overwrite: true);
                }
                else if (!File.Exists(path))
                {
                    throw new StoreException(path, $"{path} cannot be published: {staged} is gone; run again with --full-refresh");
                }

                folders.Add(Path.GetDirectoryName(path)!);
            }

            foreach (string removal in removals)
            {
                path = home.Full(removal);
                string folder = Path.GetDirectoryName(path)!;
                if (Directory.Exists(folder))
                {
                    File.Delete(path);
                    RemoveIfEmpty(folder, home);
                    folders.Add(Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder)!);
                }
            }

            foreach (string folder in folders)
            {
                path = folder;
                Durable.SyncFolder(folder);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(path, e);
        }
    }

    /// <summary>Drops a change that is not to be made.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="change">The change; it must not have been applied.</param>
    /// <exception cref="StoreException">A staged file could not be removed.</exception>
    public static void Discard(AssayHome home, SilverChange change) => Remove(change.Renames.Select(r => home.Full(r.From)), home);

    /// <summary>Removes the staged files that runs left behind when they were killed. Call it when no run of the
    /// pipeline is under way, and after pending changes were applied.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="table">The table's name.</param>
    /// <exception cref="StoreException">A staged file could not be removed.</exception>
    public static void Sweep(AssayHome home, string table)
    {
        string folder = home.Silver(table);
        if (Directory.Exists(folder))
        {
            string[] staged = [.. Directory.EnumerateFiles(folder, $".{SilverPartition.FileName}.*{StagedSuffix}", SearchOption.AllDirectories)];
            Remove(staged, home);
        }
    }

    /// <summary>The name that a file has until it is published.</summary>
    internal static string StagedName(string path, string runId)
    {
        int name = path.LastIndexOf('/') + 1;
        return $"{path[..name]}.{path[name..]}.{runId}{StagedSuffix}";
    }

    internal static void Remove(IEnumerable<string> files, AssayHome home)
    {
        foreach (string file in files)
        {
            try
            {
                string folder = Path.GetDirectoryName(file)!;
                if (Directory.Exists(folder))
                {
                    File.Delete(file);
                    RemoveIfEmpty(folder, home);
                }
            }
            catch (Exception e) when (StoreException.Explains(e))
            {
                throw StoreException.For(file, e);
            }
        }
    }

    /// <summary>Removes the folder of a partition that holds nothing more.</summary>
    private static void RemoveIfEmpty(string folder, AssayHome home)
    {
        bool isPartition = home.Relative(folder).Split('/').Length > 2;
        if (isPartition && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
