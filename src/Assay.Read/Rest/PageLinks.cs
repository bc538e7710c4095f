namespace Assay.Read.Rest;

/// <summary><c>json_link</c>, <c>header_link</c> and <c>single_page</c>: the word is the name of the address that the page before gave.</summary>
/// <param name="shape">What is looked for in each page.</param>
/// <param name="addresses">The addresses.</param>
/// <param name="parent">The parent's value; null without a parent.</param>
/// <param name="link">Finds the link in an answer.</param>
internal sealed class PageLinks(PageShape shape, ResourceAddress addresses, string? parent, Func<PageAnswer, PageContent, string?> link) : Pagination
{
    /// <inheritdoc/>
    public override PageShape Shape => shape;

    /// <inheritdoc/>
    public override Uri First => addresses.Build(parent);

    /// <inheritdoc/>
    public override Uri Follow(string word) => addresses.Of(word);

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word) =>
        link(answer, content) is { Length: > 0 } next ? addresses.Label(addresses.Resolve(answer.From, next, "its next page")) : null;
}
