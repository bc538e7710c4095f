namespace Assay.Read.Rest;

/// <summary>How the pages of a resource follow one another, in dlt's vocabulary. Paths are dotted, seen from the body's top.</summary>
public abstract record RestPaginator
{
    /// <summary>Found out from the first answer.</summary>
    public static RestPaginator Auto { get; } = new AutoPaginator();

    /// <summary>There is one page.</summary>
    public static RestPaginator SinglePage { get; } = new SinglePagePaginator();

    /// <summary><c>auto</c>: a <c>Link</c> header with <c>rel="next"</c>, else a next link in the body under a usual name, else page numbers
    /// when the body tells the page and how many there are; else one page.</summary>
    public sealed record AutoPaginator : RestPaginator;

    /// <summary><c>single_page</c>.</summary>
    public sealed record SinglePagePaginator : RestPaginator;

    /// <summary><c>page_number</c>: pages are numbered. With a total, pages are fetched at once; without, until one is empty:
    /// a page that has fewer records than others is not the end.</summary>
    public sealed record PageNumber : RestPaginator
    {
        /// <summary>The number of the first page.</summary>
        public int BasePage { get; init; } = 1;

        /// <summary>The query parameter.</summary>
        public string PageParameter { get; init; } = "page";

        /// <summary>Where the body tells how many pages there are; null when it does not.</summary>
        public string? TotalPath { get; init; }

        /// <summary>Where the body tells how many records there are in all, which is compared with those fetched; null when it does not.</summary>
        public string? TotalRecordsPath { get; init; }

        /// <summary>The last page that is asked for; null for no limit.</summary>
        public int? MaximumPage { get; init; }
    }

    /// <summary><c>offset</c>: so many records are skipped. With a total, pages are fetched at once; without, until one is empty.</summary>
    public sealed record Offset : RestPaginator
    {
        /// <summary>How many records a page has.</summary>
        public required int Limit { get; init; }

        /// <summary>The query parameter of how many are skipped.</summary>
        public string OffsetParameter { get; init; } = "offset";

        /// <summary>The query parameter of <see cref="Limit"/>.</summary>
        public string LimitParameter { get; init; } = "limit";

        /// <summary>Where the body tells how many records there are in all; null when it does not.</summary>
        public string? TotalPath { get; init; }

        /// <summary>The greatest offset that is asked for; null for no limit.</summary>
        public int? MaximumOffset { get; init; }
    }

    /// <summary><c>cursor</c>: the body tells a word that stands for the next page.</summary>
    /// <param name="CursorPath">Where the body tells it.</param>
    /// <param name="CursorParameter">The query parameter that takes it.</param>
    public sealed record Cursor(string CursorPath, string CursorParameter) : RestPaginator;

    /// <summary><c>json_link</c>: the body tells the next page's address.</summary>
    /// <param name="NextUrlPath">Where.</param>
    public sealed record JsonLink(string NextUrlPath) : RestPaginator;

    /// <summary><c>header_link</c>: the <c>Link</c> header tells the next page's address (RFC 8288).</summary>
    /// <param name="Relation">The relation, <c>next</c>.</param>
    public sealed record HeaderLink(string Relation = "next") : RestPaginator;
}
