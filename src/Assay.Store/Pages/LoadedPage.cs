namespace Assay.Store;

/// <summary>A page that a run is about to commit.</summary>
/// <param name="File">Its entry in the state, its rows counted.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record LoadedPage(LoadedFile File, string Origin)
{
    /// <summary>Puts entries and pages together, which are in one order.</summary>
    /// <param name="files">The entries.</param>
    /// <param name="pages">The pages.</param>
    /// <returns>A page for each entry, made as they are asked for.</returns>
    /// <exception cref="InvalidOperationException">An entry is not its page's, or one of them has none: committing it would lose rows.</exception>
    public static IEnumerable<LoadedPage> Pair(IEnumerable<LoadedFile> files, IEnumerable<(string Sha256, string Origin)> pages)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(pages);
        using IEnumerator<(string Sha256, string Origin)> page = pages.GetEnumerator();
        foreach (LoadedFile file in files)
        {
            yield return page.MoveNext() && page.Current.Sha256 == file.Sha256
                ? new LoadedPage(file, page.Current.Origin)
                : throw new InvalidOperationException($"What was loaded of '{file.Source}' is not what was fetched.");
        }

        if (page.MoveNext())
        {
            throw new InvalidOperationException($"The page {page.Current.Origin} was fetched, but not loaded.");
        }
    }
}
