using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.App.Server;

/// <summary>The headers that keep browsers from doing what the pages do not ask for.</summary>
internal static class SecurityHeaders
{
    /// <summary>Scripts and styles come from the server's own files only: none stands in a page.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The middleware. The headers are set when the answer begins, as a time-out clears those that were set before.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state => SetAsync(((HttpContext)state).Response.Headers), context);
        return next(context);
    }

    private static Task SetAsync(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // What is told of jobs is of this moment; files that seldom change say so themselves.
        headers.TryAdd(HeaderNames.CacheControl, "no-store");
        return Task.CompletedTask;
    }
}
