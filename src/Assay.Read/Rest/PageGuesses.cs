using System.Globalization;

namespace Assay.Read.Rest;

/// <summary><c>auto</c>: the first answer tells whether the word is <c>link ADDRESS</c> or <c>page NUMBER</c>, and so it stays. With
/// page numbers the parameter is <c>page</c>, and the first page's number is the one that it says it has.</summary>
internal sealed class PageGuesses(PageShape shape, ResourceAddress addresses, string? parent) : Pagination
{
    private const string Link = "link ";
    private const string Page = "page ";

    /// <summary>The first page's number.</summary>
    private long _origin;

    /// <inheritdoc/>
    public override PageShape Shape { get; } = shape with { LooksForSigns = true };

    /// <inheritdoc/>
    public override Uri First => addresses.Build(parent);

    /// <inheritdoc/>
    public override void Begin(RestPage page) => _origin = page.Next is { } next && IsNumbered(next) ? Number(next) - 1 : 0;

    /// <inheritdoc/>
    public override bool IsNumbered(string word) => word.StartsWith(Page, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool MayBeUnchanged(RestPage known) => known.Next is not null;

    /// <inheritdoc/>
    public override string? Renewed(PageAnswer answer, RestPage known) =>
        known.Next is { } next && !IsNumbered(next) && LinkHeader.Find(answer.Links, "next") is { } link ? Linked(answer, link) : known.Next;

    /// <inheritdoc/>
    public override Uri Follow(string word) => IsNumbered(word)
        ? addresses.Build(parent, new KeyValuePair<string, string>("page", word[Page.Length..]))
        : addresses.Of(word[Link.Length..]);

    /// <inheritdoc/>
    public override string? Next(PageAnswer answer, PageContent content, string? word)
    {
        if (word is null || !IsNumbered(word))
        {
            string? link = LinkHeader.Find(answer.Links, "next") ?? content.Next;
            if (link is not null)
            {
                return Linked(answer, link);
            }

            if (word is not null)
            {
                return null;
            }
        }

        if (word is null)
        {
            return content is { Number: { } number, Total: > 1 } ? Numbered(number + 1) : null;
        }

        long place = Number(word) - _origin + 1;
        return place >= content.Total ? null : Numbered(_origin + place);
    }

    /// <inheritdoc/>
    public override long? Places(RestPage page) => page.Next is { } next && IsNumbered(next) ? page.Total : null;

    /// <inheritdoc/>
    public override string Word(long place) => Numbered(_origin + place - 1);

    private string Linked(PageAnswer answer, string link) => Link + addresses.Label(addresses.Resolve(answer.From, link, "its next page"));

    private static long Number(string word) => long.Parse(word.AsSpan(Page.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Numbered(long number) => Page + number.ToString(CultureInfo.InvariantCulture);
}
