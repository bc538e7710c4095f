namespace Assay.Store;

/// <summary>A partition of a table at one moment: what a mirror of the table has to know to tell whether it is up to date.</summary>
/// <param name="Name">Its name, such as <c>month=2025-10</c>; <c>all</c> for a table that is not cut.</param>
/// <param name="File">The path of its file below the home.</param>
/// <param name="Content">The file's SHA-256, in lower-case hexadecimal: rows and hash are the same, whoever wrote them.</param>
/// <param name="Range">Which rows it has.</param>
public sealed record SilverPart(string Name, string File, string Content, SilverRange Range)
{
    /// <summary>The name of the only part of a table that is not cut.</summary>
    public const string Whole = "all";

    /// <summary>Looks at a table's parts.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="snapshot">The table's files; each is read once.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The parts, in the order of the snapshot.</returns>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public static IReadOnlyList<SilverPart> Of(AssayHome home, SilverSnapshot snapshot, SilverTable table, CancellationToken cancellationToken)
    {
        var parts = new List<SilverPart>();
        string folder = home.Relative(home.Silver(table.Name));
        foreach (string file in snapshot.Files)
        {
            string inside = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/');
            string name = inside == "." ? Whole : inside;
            string full = home.Full(file);
            try
            {
                using var input = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                (string content, _) = ContentHash.Read(input, full, output: null, progress: null, cancellationToken);
                parts.Add(new SilverPart(name, file, content, RangeOf(table, name)));
            }
            catch (Exception e) when (StoreException.Explains(e))
            {
                throw StoreException.For(full, e);
            }
        }

        return parts;
    }

    /// <summary>Which rows a part has, by its name.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The part's name.</param>
    /// <returns>The range; of all rows when the name tells none.</returns>
    public static SilverRange RangeOf(SilverTable table, string name)
    {
        if (table.PartitionColumn is null || SilverPartition.Parse(table, $"{name}/{SilverPartition.FileName}") is not { } partition)
        {
            return SilverRange.All;
        }

        if (partition == SilverPartition.None)
        {
            return SilverRange.Missing;
        }

        Data.ColumnType type = table.Schema.Columns[table.Schema.IndexOf(table.PartitionColumn)].Type;
        return SilverRange.Between(
            SilverPartition.FirstCell(type, table.Grain, partition), SilverPartition.FirstCell(type, table.Grain, partition + 1));
    }
}
