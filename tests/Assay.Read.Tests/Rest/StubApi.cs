using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Assay.Read.Tests.Rest;

/// <summary>An API on a port of this machine, which answers as a test says and keeps a log of what arrived and when.</summary>
internal sealed class StubApi : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StubApi(WebApplication application) => _application = application;

    /// <summary>Where it is: <c>http://127.0.0.1:PORT/api/</c>.</summary>
    public Uri Base => new(_application.Urls.Single() + "/api/");

    /// <summary>Its port.</summary>
    public int Port => Base.Port;

    /// <summary>All that arrived, in the order of arrival: path and query below the base, headers, and the moment.</summary>
    public ConcurrentQueue<Arrival> Log { get; } = new();

    /// <summary>The paths and queries that arrived, sorted.</summary>
    public string[] Asked => [.. Log.Select(arrival => arrival.Address).Order(StringComparer.Ordinal)];

    public static async Task<StubApi> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null, bool keepsLog = true)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        WebApplication application = builder.Build();
        var api = new StubApi(application);
        application.Run(async context =>
        {
            if (!keepsLog)
            {
                await answer(context);
                return;
            }

            long moment = TimeProvider.System.GetTimestamp();
            string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            string address = target.StartsWith("/api/", StringComparison.Ordinal) ? target[5..] : target;
            int times = api.Log.Count(arrival => arrival.Address == address) + 1;
            context.Items["times"] = times;
            api.Log.Enqueue(new Arrival(address, moment, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await answer(context);
        });
        await application.StartAsync();
        return api;
    }

    /// <summary>How often the address has been asked for, this time included.</summary>
    public static int Times(HttpContext context) => (int)context.Items["times"]!;

    public static Task Json(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    /// <summary>A page of numbered records: <c>{"page":2,"total_pages":3,"total":15,"data":[{"id":6},…]}</c>.</summary>
    public static string Page(int page, int size, int total, string more = "")
    {
        IEnumerable<string> records = Enumerable.Range(((page - 1) * size) + 1, Math.Clamp(total - ((page - 1) * size), 0, size)).Select(id => $"{{\"id\":{id}}}");
        return $"{{\"page\":{page},\"total_pages\":{(total + size - 1) / size},\"total\":{total},\"data\":[{string.Join(',', records)}]{more}}}";
    }

    /// <summary>A whole number of the query.</summary>
    public static int Number(HttpContext context, string name, int otherwise = 1) =>
        context.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues text) ? int.Parse(text.ToString(), System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    internal sealed record Arrival(string Address, long Moment, IReadOnlyDictionary<string, string> Headers);
}
