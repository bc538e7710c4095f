using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Headers;

namespace Assay.App.MockApi;

/// <summary>Answers the requests of a made-up API, with the faults that were ordered.</summary>
internal sealed class MockApplication : IHttpApplication<HttpContext>
{
    private const string HttpDate = "R";
    private const int NoAnswer = 0;

    private readonly Dictionary<string, FaultSequence> _faults = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly MockRoutes _routes;
    private readonly MockApiSettings _settings;
    private readonly RequestWindow _window;
    private readonly RequestLog _log;
    private readonly TimeProvider _time;

    /// <summary>Nothing changes while it is served: all of it is as old as the server. Headers have whole seconds.</summary>
    private readonly DateTimeOffset _changed;

    /// <summary>Prepares the answers.</summary>
    public MockApplication(MockRoutes routes, MockApiSettings settings, RequestLog log, TimeProvider time)
    {
        _routes = routes;
        _settings = settings;
        _window = new RequestWindow(settings.RequestsPerSecond);
        _log = log;
        _time = time;
        DateTimeOffset now = time.GetUtcNow();
        _changed = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = request.Path.ToUriComponent();
        string query = request.QueryString.ToUriComponent();
        MockAnswer answer = HttpMethods.IsGet(request.Method)
            ? _routes.Answer(path, query)
            : new MockAnswer(StatusCodes.Status405MethodNotAllowed, MockRoutes.Error("only GET is answered"));
        string? tag = answer.Status == StatusCodes.Status200OK ? $"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body).AsSpan(0, 16))}\"" : null;
        bool isKnown = tag is not null && IsKnown(request.GetTypedHeaders(), tag);
        RequestFault fault = Decide(request.Method, path + query, answer.Status, isKnown);
        if (_settings.Delay > TimeSpan.Zero)
        {
            await Task.Delay(_settings.Delay, _time, context.RequestAborted);
        }

        switch (fault.Kind)
        {
            case FaultKind.Fail:
                await SendAsync(context, FailStatus(fault), MockRoutes.Error("made to fail"));
                break;
            case FaultKind.RateLimit:
                context.Response.Headers.RetryAfter = fault.IsOther ? _time.GetUtcNow().AddSeconds(1).ToString(HttpDate) : "1";
                await SendAsync(context, StatusCodes.Status429TooManyRequests, MockRoutes.Error("too many requests"));
                break;
            case FaultKind.Reset:
                Reset(context);
                break;
            case FaultKind.Truncate:
                await TruncateAsync(context, answer.Body);
                break;
            case FaultKind.Malformed:
                await SendAsync(context, StatusCodes.Status200OK, Malformed(answer.Body, fault));
                break;
            default:
                await AnswerAsync(context, answer, tag, isKnown);
                break;
        }
    }

    /// <summary>A date counts only where no tag is given (RFC 9110, section 13.2.2).</summary>
    private bool IsKnown(RequestHeaders asked, string tag) => asked.IfNoneMatch.Count > 0
        ? asked.IfNoneMatch.Any(known => known.Tag == "*" || known.Tag == tag)
        : asked.IfModifiedSince >= _changed;

    /// <summary>Decides on the fault of a request, and notes it: one at a time, so that the log is in the order of its times.</summary>
    private RequestFault Decide(string method, string address, int status, bool isKnown)
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            RequestFault fault = default;
            string why = "-";
            if (!_window.LetsIn(now))
            {
                fault = new RequestFault(FaultKind.RateLimit, IsOther: false);
                why = "requests_per_second";
            }
            else if (status == StatusCodes.Status200OK)
            {
                if (!_faults.TryGetValue(address, out FaultSequence? faults))
                {
                    _faults.Add(address, faults = new FaultSequence(_settings, address));
                }

                fault = faults.Next();
                why = Name(fault.Kind);
            }

            int sent = fault.Kind switch
            {
                FaultKind.Fail => FailStatus(fault),
                FaultKind.RateLimit => StatusCodes.Status429TooManyRequests,
                FaultKind.Reset => NoAnswer,
                FaultKind.None when isKnown => StatusCodes.Status304NotModified,
                _ => status,
            };
            _log.Add(now, method, address, sent, why);
            return fault;
        }
    }

    private static string Name(FaultKind kind) => kind switch
    {
        FaultKind.Fail => "fail",
        FaultKind.RateLimit => "rate_limit",
        FaultKind.Reset => "reset",
        FaultKind.Truncate => "truncate",
        FaultKind.Malformed => "malformed",
        _ => "-",
    };

    private static int FailStatus(RequestFault fault) =>
        fault.IsOther ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;

    private async Task AnswerAsync(HttpContext context, MockAnswer answer, string? tag, bool isKnown)
    {
        HttpResponse response = context.Response;
        if (tag is not null)
        {
            response.Headers.ETag = tag;
            response.Headers.LastModified = _changed.ToString(HttpDate);
        }

        if (answer.NextAddress is { } next)
        {
            response.Headers.Link = $"<{context.Request.Scheme}://{context.Request.Host}{next}>; rel=\"next\"";
        }

        if (isKnown)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await SendAsync(context, answer.Status, answer.Body);
    }

    private static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        Begin(context.Response, status, body.Length);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static void Begin(HttpResponse response, int status, int length)
    {
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = length;
    }

    private static async Task TruncateAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        Begin(context.Response, StatusCodes.Status200OK, body.Length);
        // The server closes a connection whose answer is shorter than declared, after what there is of it was sent.
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Malformed(ReadOnlyMemory<byte> body, RequestFault fault) => fault.IsOther
        ? "<!doctype html><html><head><title>Sorry</title></head><body>This is no JSON.</body></html>"u8.ToArray()
        : body[..(body.Length / 2)];

    /// <summary>Closes the connection at once, as a machine does that goes down.</summary>
    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
        {
            connection.Socket.LingerState = new(enable: true, seconds: 0);
        }

        context.Abort();
    }
}
