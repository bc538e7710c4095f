using System.Diagnostics;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>What every request goes through, from the outside to its endpoint.</summary>
internal static class ServerPipeline
{
    /// <summary>The most bytes of a body, but for uploads, which have a limit of their own.</summary>
    public const long SmallBody = 1 << 20;

    /// <summary>Puts it together.</summary>
    public static void Use(WebApplication app, ServerOptions options)
    {
        ILogger log = app.Services.GetRequiredService<ILogger<AssayServer>>();
        ServerMetrics metrics = app.Services.GetRequiredService<ServerMetrics>();
        AuditLog audit = app.Services.GetRequiredService<AuditLog>();
        AccessCheck access = app.Services.GetRequiredService<AccessCheck>();
        app.Use((HttpContext context, RequestDelegate next) => CountAsync(context, next, metrics));
        app.Use((HttpContext context, RequestDelegate next) => SecurityHeaders.InvokeAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => audit.InvokeAsync(context, next));
        app.Use((HttpContext context, RequestDelegate next) => CatchAsync(context, next, log));
        app.Use((HttpContext context, RequestDelegate next) => access.IdentifyAsync(context, next));
        app.UseRateLimiter();
        app.UseRouting();
        if (options.CorsOrigins.Count > 0)
        {
            app.UseCors();
        }

        // The files of Swagger UI hold nothing that a key would protect.
        DocsEndpoints.Use(app);
        app.Use((HttpContext context, RequestDelegate next) => access.InvokeAsync(context, next));
        app.UseRequestTimeouts();
        app.Use((HttpContext context, RequestDelegate next) => LimitAsync(context, next, options));
        ServerEndpoints.Map(app);
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ServerMetrics metrics)
    {
        long started = Stopwatch.GetTimestamp();
        await next(context);
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        metrics.Answered(MethodOf(context), route, context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>A method as it is counted: there are a few, whatever clients think up.</summary>
    private static string MethodOf(HttpContext context) =>
        context.Request.Method is "GET" or "HEAD" or "POST" or "DELETE" or "OPTIONS" ? context.Request.Method : "other";

    /// <summary>Turns what goes wrong into an answer, in one place. What nobody foresaw is logged, and never told.</summary>
    private static async Task CatchAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
            await ExplainAsync(context);
        }
        catch (Exception e) when (e is ConnectionResetException || (e is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // The client went away; nobody is there to be told.
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            string detail = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "the body is too large" : "the request cannot be read";
            await Problem.WriteAsync(context, e.StatusCode, detail, "bad_request");
        }
        catch (Exception e)
        {
            ServerLog.RequestBroke(log, context.Request.Method, context.Request.Path, e);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            bool isStore = e is StoreException or IOException or UnauthorizedAccessException;
            await Problem.WriteAsync(
                context,
                isStore ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
                isStore ? "the server cannot read or write its data now; its log has the reason" : "the server met an error that nobody foresaw; its log has it",
                isStore ? "store_error" : "internal_error");
        }
    }

    private static Task LimitAsync(HttpContext context, RequestDelegate next, ServerOptions options)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<FormBody>() is not null
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // What stands around the files in the form is little, and limited by its reader.
            size.MaxRequestBodySize = options.MaxUpload + SmallBody;
        }

        return next(context);
    }

    private static async Task ExplainAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        if (context.Response.HasStarted || status < StatusCodes.Status400BadRequest || context.Response.ContentType == Problem.ContentType)
        {
            return;
        }

        // What the framework refuses has no body: an address that is none, a method, a range that a file does not have, and what
        // takes too long.
        context.Response.Headers.ContentDisposition = default;
        string type = status switch
        {
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            _ => "request_refused",
        };
        await Problem.WriteAsync(context, status, ReasonPhrases.GetReasonPhrase(status), type);
    }
}
