namespace Assay.Store;

/// <summary>The files that make up a table at one moment.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Files">Their paths below the home, with slashes, in ordinal order of the partitions.</param>
public sealed record SilverSnapshot(string Table, IReadOnlyList<string> Files)
{
    /// <summary>The files of a table that are published now.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="table">The table's name.</param>
    /// <returns>The snapshot; without files when the table was never loaded.</returns>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static SilverSnapshot Current(AssayHome home, string table)
    {
        string folder = home.Silver(table);
        try
        {
            IEnumerable<string> files = !Directory.Exists(folder) ? [] :
                Directory.EnumerateDirectories(folder)
                    .Prepend(folder)
                    .Select(partition => Path.Combine(partition, SilverPartition.FileName))
                    .Where(File.Exists)
                    .Select(home.Relative);
            return new SilverSnapshot(table, [.. files.Order(StringComparer.Ordinal)]);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }
    }
}
