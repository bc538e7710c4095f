namespace Assay.Store;

/// <summary>Does what commits promised. Every step can be done again, so that a crash on the way does no harm.</summary>
internal static class PendingChanges
{
    /// <summary>Whether there is anything to do.</summary>
    public static bool Any(StateConnection connection) => connection.Number("SELECT EXISTS (SELECT 1 FROM pending)") != 0;

    /// <summary>Renames and removes all that is pending, and then forgets it. Other processes wait meanwhile.</summary>
    /// <param name="connection">The state.</param>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="isRebuilding">Whether changes whose files are lost are passed over.</param>
    /// <exception cref="StoreException">A file cannot be renamed or removed, or is lost.</exception>
    public static void Apply(StateConnection connection, AssayHome home, bool isRebuilding)
    {
        if (!Any(connection))
        {
            return;
        }

        connection.InTransaction(() =>
        {
            // None is left when another process did them meanwhile.
            List<(string From, string? To)> changes = connection.Query(
                "SELECT from_path, to_path FROM pending ORDER BY id",
                row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)));
            var folders = new HashSet<string>(StringComparer.Ordinal);
            foreach ((string from, string? to) in changes)
            {
                string source = Path.Combine(home.Root, from);
                string target = to is null ? source : Path.Combine(home.Root, to);
                try
                {
                    if (to is null)
                    {
                        Remove(source);
                    }
                    else if (!Move(source, target) && !isRebuilding)
                    {
                        throw new StoreException(target, $"neither {source} nor {target} is there, one of which a finished run left; run with --full-refresh, which rebuilds silver from bronze");
                    }
                }
                catch (Exception e) when (StoreException.Explains(e))
                {
                    throw StoreException.For(target, e);
                }

                folders.Add(Path.GetDirectoryName(source)!);
                folders.Add(Path.GetDirectoryName(target)!);
            }

            Sync(folders);
            connection.Execute("DELETE FROM pending");
        });
    }

    /// <summary>Waits until the files that are to be renamed are on the disk, and their names.</summary>
    /// <exception cref="StoreException">One of them is missing or cannot be written.</exception>
    public static void Secure(IReadOnlyList<PendingChange> changes, AssayHome home)
    {
        string[] moved = [.. changes.Where(change => change.To is not null).Select(change => Path.Combine(home.Root, change.From))];
        try
        {
            foreach (string folder in moved.Where(Directory.Exists))
            {
                GoldFolder.Sync(folder);
            }

            Durable.SyncFiles([.. moved.Where(path => !Directory.Exists(path))]);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(moved[0], e);
        }

        Sync(moved.Select(path => Path.GetDirectoryName(path)!).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Moves a file or folder; what was moved before stays.</summary>
    /// <returns>False when it is at neither place.</returns>
    private static bool Move(string from, string to)
    {
        bool isFolder = Directory.Exists(from);
        if (!isFolder && !File.Exists(from))
        {
            return Path.Exists(to);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (isFolder || Directory.Exists(to))
        {
            Remove(to);
        }

        if (isFolder)
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }

        return true;
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static void Sync(IEnumerable<string> folders)
    {
        foreach (string folder in folders.Where(Directory.Exists))
        {
            try
            {
                Durable.SyncFolder(folder);
            }
            catch (Exception e) when (StoreException.Explains(e))
            {
                throw StoreException.For(folder, e);
            }
        }
    }
}
