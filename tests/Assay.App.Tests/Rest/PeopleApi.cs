using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Assay.App.Tests.Rest;

/// <summary>An API of people and their notes, on a port of this machine: <c>people?page=N</c> has two a page, <c>people/ID/notes</c> is a list.</summary>
internal sealed class PeopleApi : IDisposable
{
    public const int PageSize = 2;

    private readonly WebApplication _application;

    public PeopleApi()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
        _application.StartAsync().GetAwaiter().GetResult();
    }

    /// <summary>Where it is.</summary>
    public string Base => _application.Urls.Single() + "/v1";

    /// <summary>The people, as the JSON of each, in their order.</summary>
    public List<string> People { get; } = [];

    /// <summary>By person, their notes as the JSON of a list.</summary>
    public Dictionary<string, string> Notes { get; } = [];

    /// <summary>What arrived: path and query, and, after a space, <c>304</c> when that was the answer.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>How many people it says there are; null for the truth.</summary>
    public int? Declared { get; set; }

    /// <summary>Whether it answers with ETags, and to them.</summary>
    public bool TellsTags { get; set; } = true;

    /// <summary>Which addresses are never answered.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>The addresses that arrived since the last look, sorted.</summary>
    public string[] Asked()
    {
        string[] asked = [.. Log.Order(StringComparer.Ordinal)];
        Log.Clear();
        return asked;
    }

    public void Dispose() => _application.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Adds people numbered from one to another.</summary>
    public PeopleApi With(int from, int to)
    {
        People.AddRange(Enumerable.Range(from, to - from + 1).Select(id => Person(id)));
        return this;
    }

    public static string Person(int id, string city = "Pune", string updated = "2024-01-01") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}},"name":"P{{id}}","city":"{{city}}","updated_at":"{{updated}}"}""");

    private async Task AnswerAsync(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget["/v1/".Length..];
        if (Hangs(target))
        {
            Log.Enqueue(target);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        string body = Body(context);
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..8]}\"";
        bool isKnown = TellsTags && context.Request.Headers.IfNoneMatch == tag;
        Log.Enqueue(target + (isKnown ? " 304" : ""));
        if (TellsTags)
        {
            context.Response.Headers.ETag = tag;
        }

        context.Response.ContentType = "application/json";
        if (isKnown)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.Response.WriteAsync(body);
    }

    private string Body(HttpContext context)
    {
        string[] path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is [_, "people", var id, "notes"])
        {
            return Notes.GetValueOrDefault(id, "[]");
        }

        int page = int.TryParse(context.Request.Query["page"], out int number) ? number : 1;
        string since = context.Request.Query["since"].ToString();
        string[] people = [.. People.Where(person => since.Length == 0 || string.CompareOrdinal(Updated(person), since) >= 0)];
        IEnumerable<string> own = people.Skip((page - 1) * PageSize).Take(PageSize);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"page":{{page}},"pages":{{Math.Max(1, (people.Length + PageSize - 1) / PageSize)}},"total":{{Declared ?? people.Length}},"data":[{{string.Join(',', own)}}]}""");
    }

    private static string Updated(string person) => person.Split("\"updated_at\":\"")[1].Split('"')[0];
}
