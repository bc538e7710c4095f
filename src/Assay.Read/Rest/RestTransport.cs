using System.Collections.Concurrent;
using System.Net;

namespace Assay.Read.Rest;

/// <summary>What all requests of a client share: connections, hosts, the clock, and the person who is told.</summary>
internal sealed class RestTransport : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, RestHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<RestAuthentication.OAuth2ClientCredentials, AccessTokens> _tokens = new();
    private readonly Action<string> _notify;
    private readonly Lock _telling = new();
    private long? _told;

    /// <summary>Makes it.</summary>
    /// <param name="time">Tells the time.</param>
    /// <param name="notify">Is told of waits.</param>
    public RestTransport(TimeProvider time, Action<string> notify)
    {
        Time = time;
        _notify = notify;
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by PageRequests, which sees where they lead; bodies are decompressed by it too, after they were counted.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = new LoopbackProxy(HttpClient.DefaultProxy),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new AnsweredStream(context.PlaintextStream)),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; }

    /// <summary>Sends a request once.</summary>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, of which the body is still to be read.</returns>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>The host of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="limits">How fast it may be asked, as one of those sees it who ask it.</param>
    /// <returns>The host.</returns>
    public RestHost Host(Uri address, RestLimits limits)
    {
        RestHost host = _hosts.GetOrAdd(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), _ => new RestHost(limits.Backoff, Time));
        host.Limit.Tighten(limits.RequestsPerSecond);
        return host;
    }

    /// <summary>The tokens of a client: one for all its resources.</summary>
    /// <param name="credentials">The client.</param>
    /// <returns>Its tokens.</returns>
    public AccessTokens Tokens(RestAuthentication.OAuth2ClientCredentials credentials) =>
        _tokens.GetOrAdd(credentials, static (key, transport) => new AccessTokens(key, transport), this);

    /// <summary>Tells a person something, unless something was told within the last second.</summary>
    /// <param name="line">A short line.</param>
    public void Notify(string line)
    {
        lock (_telling)
        {
            if (_told is not { } told || Time.GetElapsedTime(told) >= Between)
            {
                _told = Time.GetTimestamp();
                _notify(line);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The system's proxy, but not for this machine's own addresses, which it could not reach.</summary>
    private sealed class LoopbackProxy(IWebProxy inner) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => inner.Credentials;
            set => inner.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => inner.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || inner.IsBypassed(host);
    }
}
