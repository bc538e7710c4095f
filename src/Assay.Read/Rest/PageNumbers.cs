using System.Globalization;

namespace Assay.Read.Rest;

/// <summary><c>page_number</c>: the word is the page's number. Without a total the first page without records is the last one;
/// a page with few records is not, since APIs may leave some out of a page, for want of rights for instance.</summary>
internal sealed class PageNumbers(RestPaginator.PageNumber paginator, PageShape shape, ResourceAddress addresses, string? parent) : Pagination
{
    /// <inheritdoc/>
    public override PageShape Shape { get; } = shape with
    {
        Total = PageShape.Names(paginator.TotalPath),
        TotalRecords = PageShape.Names(paginator.TotalRecordsPath),
    };

    /// <inheritdoc/>
    public override Uri First => Follow(Word(1));

    /// <inheritdoc/>
    public override bool IsNumbered(string word) => true;

    /// <inheritdoc/>
    public override Uri Follow(string word) => addresses.Build(parent, new KeyValuePair<string, string>(paginator.PageParameter, word));

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word)
    {
        long number = word is null ? paginator.BasePage : long.Parse(word, CultureInfo.InvariantCulture);
        long place = number - paginator.BasePage + 1;
        bool isLast = content.Total is { } total ? place >= total : content.Records == 0;
        return isLast || number >= paginator.MaximumPage ? null : Word(place + 1);
    }

    /// <inheritdoc/>
    public override long? Places(RestPage page) => page.Total is { } total ? Math.Min(total, MostPlaces) : null;

    /// <inheritdoc/>
    public override string Word(long place) => (paginator.BasePage + place - 1).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override long? DeclaredRecords(RestPage page, PageContent? content) => paginator.MaximumPage is null ? content?.TotalRecords : null;

    private long MostPlaces => (paginator.MaximumPage ?? long.MaxValue / 2) - (long)paginator.BasePage + 1;
}
