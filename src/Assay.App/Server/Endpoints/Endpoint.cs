using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary>Maps endpoints with who may use them and what they take.</summary>
internal static class Endpoint
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps what changes nothing; HEAD is answered as GET is, without the body.</summary>
    public static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task> handler, string summary, params ApiParameter[] parameters) =>
        Describe(routes.MapMethods(pattern, Reading, (Delegate)handler), pattern, ApiRole.Read, summary, parameters);

    /// <summary>Maps what starts or stops something.</summary>
    public static RouteHandlerBuilder MapAction(
        this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task> handler, string summary, params ApiParameter[] parameters) =>
        Describe(routes.MapMethods(pattern, [method], (Delegate)handler), pattern, ApiRole.Run, summary, parameters);

    /// <summary>Lets anybody use it.</summary>
    public static RouteHandlerBuilder ForAll(this RouteHandlerBuilder route) => route.WithMetadata(new Access(null));

    /// <summary>A part of the path; empty when the address ends before it.</summary>
    public static string Path(this HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string pattern, ApiRole role, string summary, ApiParameter[] parameters) =>
        route.WithMetadata(new Access(role), new ApiParameters(parameters)).WithSummary(summary).WithTags(TagOf(pattern));

    /// <summary>The heading of the API's description that an address stands under.</summary>
    private static string TagOf(string pattern) => pattern.Split('/')[1] switch
    {
        "" or "health" or "metrics" => "Server",
        "pipelines" or "kpis" => "Pipelines",
        "runs" or "quarantine" => "Runs",
        _ => "Jobs",
    };
}
