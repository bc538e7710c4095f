using System.Globalization;

namespace Assay.Read.Rest;

/// <summary><c>offset</c>: the word is how many records are skipped. Without a total the first page without records is the last one.</summary>
internal sealed class PageOffsets(RestPaginator.Offset paginator, PageShape shape, ResourceAddress addresses, string? parent) : Pagination
{
    /// <summary>How many records the first page had, when those were fewer than asked for.</summary>
    private long? _few;

    /// <inheritdoc/>
    public override PageShape Shape { get; } = shape with { Total = PageShape.Names(paginator.TotalPath) };

    /// <inheritdoc/>
    public override Uri First => Follow(Word(1));

    /// <inheritdoc/>
    public override void Begin(RestPage page) => _few = page.Records < paginator.Limit ? page.Records : null;

    /// <inheritdoc/>
    public override bool IsNumbered(string word) => true;

    /// <inheritdoc/>
    public override Uri Follow(string word) => addresses.Build(
        parent,
        new KeyValuePair<string, string>(paginator.OffsetParameter, word),
        new KeyValuePair<string, string>(paginator.LimitParameter, paginator.Limit.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word)
    {
        long offset = word is null ? 0 : long.Parse(word, CultureInfo.InvariantCulture);
        long next = offset + paginator.Limit;
        if (content.Total is { } total)
        {
            return next >= total || next > paginator.MaximumOffset ? null : Text(next);
        }

        if (word is not null && _few is { } few && content.Records > 0)
        {
            throw new RestFailure(
                RestFailure.Body,
                $"has records, though the first page had {few} and not the {paginator.Limit} that were asked for: those between are lost. If the API gives {few} at most, set `limit` to that");
        }

        return content.Records == 0 || next > paginator.MaximumOffset ? null : Text(next);
    }

    /// <inheritdoc/>
    public override long? Places(RestPage page) =>
        page.Total is { } total ? Math.Min((total + paginator.Limit - 1) / paginator.Limit, ((paginator.MaximumOffset ?? long.MaxValue) / paginator.Limit) + 1) : null;

    /// <inheritdoc/>
    public override string Word(long place) => Text((place - 1) * paginator.Limit);

    /// <inheritdoc/>
    public override long? DeclaredRecords(RestPage page, PageContent? content) => paginator.MaximumOffset is null ? page.Total : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
