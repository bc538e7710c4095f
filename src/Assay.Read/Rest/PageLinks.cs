namespace Assay.Read.Rest;

/// <summary><c>json_link</c>, <c>header_link</c> and <c>single_page</c>: the word is the name of the address that the page before gave.</summary>
/// <param name="shape">What is looked for in each page.</param>
/// <param name="addresses">The addresses.</param>
/// <param name="parent">The parent's value; null without a parent.</param>
/// <param name="link">Finds the link in an answer.</param>
/// <param name="relation">The link's relation, when it is in a header; null when it is in the body.</param>
internal sealed class PageLinks(
    PageShape shape, ResourceAddress addresses, string? parent, Func<PageAnswer, PageContent, string?> link, string? relation = null) : Pagination
{
    /// <inheritdoc/>
    public override PageShape Shape => shape;

    /// <inheritdoc/>
    public override Uri First => addresses.Build(parent);

    /// <inheritdoc/>
    public override Uri Follow(string word) => addresses.Of(word);

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word) =>
        link(answer, content) is { Length: > 0 } next ? Label(answer, next) : null;

    /// <inheritdoc/>
    public override bool MayBeUnchanged(RestPage known) => relation is null || known.Next is not null;

    /// <inheritdoc/>
    public override string? Renewed(PageAnswer answer, RestPage known) =>
        relation is not null && LinkHeader.Find(answer.Links, relation) is { Length: > 0 } next ? Label(answer, next) : known.Next;

    private string Label(PageAnswer answer, string next) => addresses.Label(addresses.Resolve(answer.From, next, "its next page"));
}
