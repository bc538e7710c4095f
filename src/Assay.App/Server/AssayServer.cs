using System.Net;
using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>The server: Kestrel, the jobs and the endpoints, put together.</summary>
internal sealed class AssayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly JobDatabase _jobs;
    private readonly ServerLock _lock;

    private AssayServer(WebApplication app, JobDatabase jobs, ServerLock held)
    {
        _app = app;
        _jobs = jobs;
        _lock = held;
    }

    /// <summary>Where it listens, once it was started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What it answers to.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Puts a server together and starts it.</summary>
    /// <param name="options">How it is to be run.</param>
    /// <param name="process">The environment of pipelines.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <returns>The server, which answers.</returns>
    /// <exception cref="UsageException">It would be open to others without a key.</exception>
    /// <exception cref="DefinitionException">The server's settings are wrong.</exception>
    /// <exception cref="StoreException">Another server uses the home, or it cannot be written.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<AssayServer> StartAsync(ServerOptions options, PipelineSettings process, CancellationToken cancellationToken)
    {
        ServerSettings settings = ServerSettings.Load(process.WorkingDirectory);
        ServerLock held = ServerLock.Take(options.Home);
        JobDatabase? jobs = null;
        WebApplication? app = null;
        try
        {
            jobs = JobDatabase.Open(options.Home);
            RequireKeys(options, jobs);
            app = Build(options, settings, process, jobs);
            app.Services.GetRequiredService<OldJobs>().Import();
            app.Services.GetRequiredService<JobFolders>().TidyUp();
            app.Services.GetRequiredService<JobRetention>().Start();
            app.Services.GetRequiredService<JobQueue>().Recover();
            await app.StartAsync(cancellationToken);

            // Only a server that can be reached begins jobs: one whose port is taken leaves them alone.
            app.Services.GetRequiredService<JobQueue>().Start();
        }
        catch
        {
            if (app is not null)
            {
                await app.Services.GetRequiredService<JobQueue>().StopAsync();
                await app.DisposeAsync();
            }

            jobs?.Dispose();
            held.Dispose();
            throw;
        }

        var server = new AssayServer(app, jobs, held);
        ServerLog.Listening(
            app.Services.GetRequiredService<ILogger<AssayServer>>(), server.Address.ToString(), options.Home.Root, options.MaxJobs);
        return server;
    }

    /// <summary>Comes to an end when the process is told to end, by a signal or Ctrl-C. The server answers on, until it is disposed of.</summary>
    /// <param name="cancellationToken">Also ends it.</param>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration bySignal = _app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult());
        using CancellationTokenRegistration byCaller = cancellationToken.Register(() => told.TrySetResult());
        await told.Task;
    }

    /// <summary>How many jobs run.</summary>
    public int Running => _app.Services.GetRequiredService<JobQueue>().RunningCount;

    /// <summary>Ends the time that running jobs are given while the server is disposed of; they wait for its next start.</summary>
    public void Hurry() => _app.Services.GetRequiredService<JobQueue>().Hurry();

    /// <summary>Ends the server: no job is taken or begun any more, those that run get their time and are told of meanwhile, the
    /// others wait for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.Services.GetRequiredService<JobQueue>().StopAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _jobs.Dispose();
        _lock.Dispose();
    }

    private static void RequireKeys(ServerOptions options, JobDatabase jobs)
    {
        if (!options.IsLoopback && jobs.Keys.List().Count == 0)
        {
            throw new UsageException(
                $"{options.Host} can be reached from other machines, and there is no API key yet, so anybody could run and read everything; "
                + "make a key first: assay serve keys add NAME --role run (it is printed once), or leave --host out");
        }
    }

    private static WebApplication Build(ServerOptions options, ServerSettings settings, PipelineSettings process, JobDatabase jobs)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(AssayServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        ServerLogging.Configure(builder.Logging, options);
        // The jobs had their time before; what is still being sent then gets this.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddSingleton(options).AddSingleton(settings).AddSingleton(process).AddSingleton(jobs).AddSingleton(jobs.Keys)
            .AddSingleton(options.Time).AddSingleton(options.Home);
        ServerServices.Add(builder.Services, options, settings);
        WebApplication app = builder.Build();
        ServerPipeline.Use(app, options);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ServerPipeline.SmallBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        if (options.Host == "localhost" && options.Port > 0)
        {
            kestrel.ListenLocalhost(options.Port);
        }
        else
        {
            // A free port is found for one address; `localhost` has two.
            kestrel.Listen(options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host), options.Port);
        }
    }
}
