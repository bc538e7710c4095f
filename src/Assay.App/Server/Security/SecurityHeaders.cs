using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>The headers that keep browsers from doing what the pages do not ask for.</summary>
internal static class SecurityHeaders
{
    /// <summary>Scripts and styles come from the server's own files only: none stands in a page.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The middleware.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // What is told of jobs is of this moment; files that never change say so themselves.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
