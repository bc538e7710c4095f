using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run needs to know of a page once all pages of its source are there.</summary>
/// <param name="Address">See <see cref="StoredPage.Address"/>.</param>
/// <param name="Records">How many records it has.</param>
/// <param name="IsLoaded">Whether silver has what it says.</param>
/// <param name="File">Its file.</param>
internal sealed record FetchedPage(string Address, long Records, bool IsLoaded, PageFile File)
{
    /// <summary>The same of a page as it is stored.</summary>
    public static FetchedPage Of(StoredPage page) => new(page.Address, page.Records, page.IsLoaded, page.File);
}
