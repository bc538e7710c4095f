namespace Assay.Store;

/// <summary>Makes folders outlive a power failure, with what is in them.</summary>
public static class DurableFolder
{
    /// <summary>Moves a folder of files to its place: whoever finds it there finds all of them whole, after a power failure, too.</summary>
    /// <param name="from">The folder, with files only.</param>
    /// <param name="to">Its place; there is nothing yet.</param>
    /// <exception cref="StoreException">It could not be written.</exception>
    public static void Move(string from, string to)
    {
        try
        {
            Durable.SyncFiles(Directory.GetFiles(from));
            Durable.SyncFolder(from);
            Directory.Move(from, to);
            Durable.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(to, e);
        }
    }

    /// <summary>Waits until the entries of a folder, and those of the folders above it, are on the disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="levels">How many folders, itself included.</param>
    /// <exception cref="StoreException">They could not be written.</exception>
    public static void Sync(string folder, int levels)
    {
        try
        {
            for (string? at = Path.GetFullPath(folder); at is not null && levels > 0; at = Path.GetDirectoryName(at), levels--)
            {
                Durable.SyncFolder(at);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }
    }
}
