using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.App.Server;

/// <summary>What kind of answer a request would rather have.</summary>
internal static class Accepted
{
    /// <summary>Whether it asks for a page by name, as browsers do.</summary>
    public static bool PrefersHtml(HttpRequest request) => Names(request, "text/html");

    /// <summary>Whether it asks for CSV by name.</summary>
    public static bool PrefersCsv(HttpRequest request) => Names(request, "text/csv");

    /// <summary>Whether a type is the best that it names; others are taken for JSON.</summary>
    private static bool Names(HttpRequest request, string type)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? types))
        {
            return false;
        }

        double wanted = Quality(types, type);
        return wanted > 0 && wanted >= Quality(types, Json.ContentType);
    }

    private static double Quality(IList<MediaTypeHeaderValue> types, string type) =>
        types.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
}
