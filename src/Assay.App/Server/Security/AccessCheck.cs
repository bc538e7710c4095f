using System.Net;
using System.Text;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.App.Server;

/// <summary>
/// Lets requests through whose sender may send them. A key comes as <c>Authorization: Bearer KEY</c>, as <c>X-API-Key</c>,
/// or as the password of HTTP basic authentication, which browsers know to ask for. What a page of another origin makes a
/// browser send is refused, as is a name that another's name server made point to this machine.
/// </summary>
internal sealed class AccessCheck(KeyRing keys, ServerOptions options)
{
    private const string KeyHeader = "X-API-Key";
    private const string SiteHeader = "Sec-Fetch-Site";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>The middleware that finds out who asks.</summary>
    public Task IdentifyAsync(HttpContext context, RequestDelegate next)
    {
        if (KeyOf(context.Request) is { } key && keys.Find(key) is { } caller)
        {
            context.SetCaller(caller);
        }

        return next(context);
    }

    /// <summary>The middleware that lets requests through, or not.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HasPossiblePort(context.Request.Host))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the Host header's port is none that there can be: 0 to 65535", "bad_request");
            return;
        }

        bool isNeeded = keys.IsNeeded || !options.IsLoopback;
        if (!isNeeded && !IsLoopback(context.Request.Host.Host))
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status403Forbidden, "without API keys the server answers only to 127.0.0.1 and localhost", "host_refused");
            return;
        }

        if (IsOfAnotherOrigin(context.Request))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "a page of another origin may not do this; allow it with --cors", "origin_refused");
            return;
        }

        ApiKeyEntry? caller = context.Caller();
        Access? access = context.GetEndpoint()?.Metadata.GetMetadata<Access>();
        if (!isNeeded || access is { Role: null })
        {
            await next(context);
        }
        else if (caller is null)
        {
            context.Response.Headers.WWWAuthenticate = new[] { "Bearer", "Basic realm=\"assay\", charset=\"UTF-8\"" };
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "an API key is needed: send it as `Authorization: Bearer KEY`", "key_needed");
        }
        else if (caller.Role < (access?.Role ?? ApiRole.Read))
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status403Forbidden, $"this needs a key of role {ApiKeys.Text(access!.Role!.Value)}; this one has {ApiKeys.Text(caller.Role)}", "role_needed");
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Whether a page of another origin made a browser send a request that changes something. Browsers say whether page and
    /// server are of one origin, where they trust the connection; otherwise the origin is compared with the name that was asked for.
    /// Its scheme is not: before the server there may be a proxy with TLS. Programs send neither.</summary>
    private bool IsOfAnotherOrigin(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        bool isToldOwn = request.Headers[SiteHeader] == "same-origin";
        if (request.Headers.Origin.Count == 0)
        {
            return request.Headers[SiteHeader].Count > 0 && !isToldOwn && request.Headers[SiteHeader] != "none";
        }

        return !isToldOwn
            && (request.Headers.Origin is not [{ } origin]
                || (!IsOwn(origin, request.Host.Value) && !options.CorsOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)));
    }

    private static bool IsOwn(string origin, string? host) =>
        origin.Equals($"http://{host}", StringComparison.OrdinalIgnoreCase) || origin.Equals($"https://{host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a host has no port, or one that there can be: the web server lets any digits pass.</summary>
    private static bool HasPossiblePort(HostString host) =>
        !host.HasValue || host.Port is <= ushort.MaxValue || (host.Port is null && host.Value.Length == host.Host.Length);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address);

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader] is [{ Length: > 0 } key])
        {
            return key;
        }

        if (request.Headers[HeaderNames.Authorization] is not [{ } authorization])
        {
            return null;
        }

        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        byte[] bytes = new byte[authorization.Length];
        return authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length) is var text && text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? text[(colon + 1)..]
            : null;
    }
}
