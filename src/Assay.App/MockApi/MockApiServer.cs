using System.Net;
using Assay.App.Generate;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Assay.App.MockApi;

/// <summary>A made-up API that is being served, on this machine alone.</summary>
internal sealed class MockApiServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly RequestLog _log;

    private MockApiServer(KestrelServer server, RequestLog log, MockApiDefinition api, Uri address, IReadOnlyDictionary<string, RecordStore> data)
    {
        _server = server;
        _log = log;
        Api = api;
        Address = address;
        Data = data;
    }

    /// <summary>What is served.</summary>
    public MockApiDefinition Api { get; }

    /// <summary>The records by dataset.</summary>
    public IReadOnlyDictionary<string, RecordStore> Data { get; }

    /// <summary>Where: scheme, host, port and base path, without a slash at its end.</summary>
    public Uri Address { get; }

    /// <summary>How many requests had each status; 0 are those whose connection was reset.</summary>
    public IReadOnlyDictionary<int, long> Statuses => _log.Statuses;

    /// <summary>Makes the records and begins to serve them.</summary>
    /// <param name="api">What is served.</param>
    /// <param name="settings">How much of it, and what goes wrong.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="cancellationToken">Stops making the records.</param>
    /// <returns>The server; it serves until it is disposed.</returns>
    /// <exception cref="UsageException">The settings make no sense, or the data is not what is served.</exception>
    /// <exception cref="GenerateException">The settings do not fit how the records are made.</exception>
    /// <exception cref="IOException">The port is taken, or a file cannot be read or written.</exception>
    public static async Task<MockApiServer> StartAsync(
        MockApiDefinition api, MockApiSettings settings, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        Check(settings);
        (api, IReadOnlyDictionary<string, RecordStore> data) = await LoadAsync(api, settings, cancellationToken);
        var log = new RequestLog(settings.LogFile);
        try
        {
            var application = new MockApplication(new MockRoutes(api, data, settings), settings, log, time);
            var options = new KestrelServerOptions { AddServerHeader = false };
            options.Listen(IPAddress.Loopback, port);
            var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
            var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
            try
            {
                await server.StartAsync<HttpContext>(application, cancellationToken);
                string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
                return new MockApiServer(server, log, api, new Uri(address.TrimEnd('/') + api.BasePath), data);
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Connections that are open have had their answers; nobody waits for them.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        _log.Dispose();
    }

    private static void Check(MockApiSettings settings)
    {
        if (FaultSequence.Rates(settings).Sum() > 1)
        {
            throw new UsageException("the shares of requests that fail, are refused, reset, truncated or malformed are more than 1 together");
        }
    }

    private static async Task<(MockApiDefinition Api, IReadOnlyDictionary<string, RecordStore> Data)> LoadAsync(
        MockApiDefinition api, MockApiSettings settings, CancellationToken cancellationToken)
    {
        string? file = settings.DataFile ?? api.DataFile;
        if (file is null)
        {
            return (api, await MockData.GenerateAsync(api.Plan!, api.Resources.Values.Select(resource => resource.Dataset), settings, cancellationToken));
        }

        if (settings.Records.Count > 0)
        {
            throw new UsageException($"--records says how many are made; those of {file} are as many as they are");
        }

        IReadOnlyDictionary<string, RecordStore> data = MockData.OfFile(file);
        if (api.Resources.Count == 0)
        {
            api = api with { Resources = data.Keys.ToDictionary(name => name, MockResource.Bare, StringComparer.Ordinal) };
        }

        string[] missing = [.. api.Resources.Values.Select(resource => resource.Dataset).Where(name => !data.ContainsKey(name)).Distinct()];
        return missing.Length == 0 ? (api, data) : throw new UsageException(
            $"{file}: there is no array `{missing[0]}`; it has {string.Join(", ", data.Keys)}");
    }
}
