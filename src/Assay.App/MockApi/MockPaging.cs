namespace Assay.App.MockApi;

/// <summary>How a resource is handed out in pages.</summary>
/// <param name="Style">The style.</param>
/// <param name="PlaceParameter">The query parameter that says which page: a number, an offset or a token.</param>
/// <param name="SizeParameter">The query parameter that says how many records a page has.</param>
/// <param name="Size">How many it has unless that is given.</param>
/// <param name="FirstPage">The number of the first page, where pages have numbers.</param>
internal sealed record MockPaging(PagingStyle Style, string PlaceParameter, string SizeParameter, int Size, int FirstPage)
{
    /// <summary>The most records of a page, whoever asks.</summary>
    public const int MostRecords = 100_000;

    /// <summary>Everything at once.</summary>
    public static MockPaging None { get; } = new(PagingStyle.None, "", "", int.MaxValue, 1);

    /// <summary>Whether pages have numbers.</summary>
    public bool IsNumbered => Style is PagingStyle.PageNumber or PagingStyle.HeaderLink or PagingStyle.JsonLink;
}
