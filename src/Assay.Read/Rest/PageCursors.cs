namespace Assay.Read.Rest;

/// <summary><c>cursor</c>: the word is what the page before said.</summary>
internal sealed class PageCursors(RestPaginator.Cursor paginator, PageShape shape, ResourceAddress addresses, string? parent) : Pagination
{
    /// <inheritdoc/>
    public override PageShape Shape { get; } = shape with { Next = PageShape.Names(paginator.CursorPath) };

    /// <inheritdoc/>
    public override Uri First => addresses.Build(parent);

    /// <inheritdoc/>
    public override Uri Follow(string word) => addresses.Build(parent, new KeyValuePair<string, string>(paginator.CursorParameter, word));

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word) => content.Next;
}
