using System.Text.Json;

namespace Assay.Read.Rest;

/// <summary>The usual signs of a next page, which <c>auto</c> goes by.</summary>
internal static class PageSigns
{
    private static readonly string[][] Links =
    [
        ["next"], ["next_url"], ["nextUrl"], ["next_link"], ["nextLink"], ["next_page_url"], ["nextPageUrl"], ["next_page"], ["@odata.nextLink"],
        ["links", "next"], ["links", "next", "href"], ["_links", "next"], ["_links", "next", "href"],
        ["meta", "next"], ["meta", "next_url"], ["paging", "next"], ["pagination", "next"], ["pagination", "next_url"], ["pagination", "next_link"], ["info", "next"],
    ];

    private static readonly string[][] Envelopes = [[], ["meta"], ["pagination"], ["paging"], ["page_info"], ["info"], ["meta", "pagination"]];
    private static readonly string[] Numbered = ["page", "current_page", "currentPage", "page_number", "pageNumber"];
    private static readonly string[] Counted = ["total_pages", "totalPages", "last_page", "lastPage", "page_count", "pageCount", "pages"];

    /// <summary>A link to the next page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The first text under a usual name that looks like a link: it has a slash, or is a query.</returns>
    public static string? Link(JsonElement page)
    {
        foreach (string[] path in Links)
        {
            if (JsonPath.Text(page, path) is { } text && (text.StartsWith('?') || text.Contains('/')))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The page's number and how many there are.</summary>
    /// <param name="page">The page.</param>
    /// <returns>Both, or neither.</returns>
    public static (long? Number, long? Pages) Numbers(JsonElement page)
    {
        foreach (string[] envelope in Envelopes)
        {
            if (JsonPath.TryFind(page, envelope, out JsonElement inside) && First(inside, Numbered) is { } number && First(inside, Counted) is { } pages)
            {
                return (number, pages);
            }
        }

        return (null, null);
    }

    private static long? First(JsonElement inside, string[] names)
    {
        foreach (string name in names)
        {
            if (JsonPath.TryFind(inside, [name], out JsonElement found) && found.ValueKind == JsonValueKind.Number
                && found.TryGetInt64(out long number) && number >= 0)
            {
                return number;
            }
        }

        return null;
    }
}
