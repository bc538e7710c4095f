namespace Assay.Read.Rest;

/// <summary>The pages of one walk, one after another: a paginator at work. What tells the next page is called its word.</summary>
internal abstract class Pagination
{
    /// <summary>What is looked for in each page.</summary>
    public abstract PageShape Shape { get; }

    /// <summary>The address of the first page.</summary>
    public abstract Uri First { get; }

    /// <summary>Looks at the first page, fetched or known, before any other is asked for.</summary>
    /// <param name="page">The page.</param>
    public virtual void Begin(RestPage page)
    {
    }

    /// <summary>Whether words are numbers of the walk's own making: then none can lead back.</summary>
    public virtual bool IsNumbered(string word) => false;

    /// <summary>Whether that a page did not change tells that nothing else comes after it. A link that is no part of the body may
    /// come without it: the last page of such is asked for whole.</summary>
    /// <param name="known">The page.</param>
    /// <returns>Whether it may be asked for only if it changed.</returns>
    public virtual bool MayBeUnchanged(RestPage known) => true;

    /// <summary>The word of the page after one that did not change.</summary>
    /// <param name="answer">The answer that says so.</param>
    /// <param name="known">The page.</param>
    /// <returns>The word; null when it is the last page.</returns>
    /// <exception cref="RestFailure">It leads where nothing is followed.</exception>
    public virtual string? Renewed(PageAnswer answer, RestPage known) => known.Next;

    /// <summary>The address of a page.</summary>
    /// <param name="word">The page's word.</param>
    /// <returns>The address.</returns>
    public abstract Uri Follow(string word);

    /// <summary>The word of the page after an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="content">What it says.</param>
    /// <param name="word">Its own word; null for the first page.</param>
    /// <returns>The word; null when it is the last page.</returns>
    /// <exception cref="RestFailure">It leads where nothing is followed.</exception>
    public abstract string? Next(PageAnswer answer, PageContent content, string? word);

    /// <summary>How many pages there are, as far as a page tells: then they are fetched at once.</summary>
    /// <param name="page">The page.</param>
    /// <returns>How many; null when it does not tell.</returns>
    public virtual long? Places(RestPage page) => null;

    /// <summary>The word of a page by its place, where <see cref="Places"/> is told.</summary>
    /// <param name="place">The place, from 1.</param>
    /// <returns>The word.</returns>
    public virtual string Word(long place) => throw new NotSupportedException();

    /// <summary>How many records there are in all, as far as a page tells, and none are left out on purpose.</summary>
    /// <param name="page">The page.</param>
    /// <param name="content">What it says, where <see cref="PageShape.TotalRecords"/> is looked for.</param>
    /// <returns>How many; null when it does not tell.</returns>
    public virtual long? DeclaredRecords(RestPage page, PageContent? content) => null;

    /// <summary>Takes up a resource's paginator.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="parent">The parent's value; null without a parent.</param>
    /// <returns>The paginator at work.</returns>
    public static Pagination Of(RestResource resource, ResourceAddress addresses, string? parent)
    {
        PageShape shape = PageShape.Of(resource);
        return resource.Paginator switch
        {
            RestPaginator.PageNumber paginator => new PageNumbers(paginator, shape, addresses, parent),
            RestPaginator.Offset paginator => new PageOffsets(paginator, shape, addresses, parent),
            RestPaginator.Cursor paginator => new PageCursors(paginator, shape, addresses, parent),
            RestPaginator.JsonLink paginator => new PageLinks(shape with { Next = PageShape.Names(paginator.NextUrlPath) }, addresses, parent, (_, content) => content.Next),
            RestPaginator.HeaderLink paginator => new PageLinks(shape, addresses, parent, (answer, _) => LinkHeader.Find(answer.Links, paginator.Relation), paginator.Relation),
            RestPaginator.SinglePagePaginator => new PageLinks(shape, addresses, parent, (_, _) => null),
            _ => new PageGuesses(shape, addresses, parent),
        };
    }
}
