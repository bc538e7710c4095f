using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.App.Server;

/// <summary>The parts of the server.</summary>
internal static class ServerServices
{
    /// <summary>Adds them all.</summary>
    public static void Add(IServiceCollection services, ServerOptions options, ServerSettings settings)
    {
        services.AddRoutingCore();
        services.AddSingleton(provider => new PipelineCatalog(
            provider.GetRequiredService<ServerSettings>(), provider.GetRequiredService<Pipelines.PipelineSettings>(), options.Pipeline));
        services.AddSingleton<JobRunner>().AddSingleton<JobQueue>().AddSingleton<JobDesk>().AddSingleton<JobFolders>().AddSingleton<ServerMetrics>();
        services.AddSingleton(new UploadReader(Path.Combine(options.Home.Jobs, JobFolders.Receiving), options.MaxUpload));
        services.AddSingleton<KeyRing>().AddSingleton<AccessCheck>().AddSingleton<AuditLog>();
        services.AddSingleton<SafeText>().AddSingleton<JobJson>().AddSingleton<JobAnswers>();
        services.AddSingleton<RunPlaces>().AddSingleton<JobRetention>().AddSingleton<OldJobs>();
        services.AddSingleton<RootEndpoints>().AddSingleton<HealthEndpoints>().AddSingleton<DocsEndpoints>().AddSingleton<MetricsEndpoints>();
        services.AddSingleton<RunEndpoints>().AddSingleton<UploadEndpoints>().AddSingleton<StatusEndpoints>().AddSingleton<JobEndpoints>();
        services.AddSingleton<EventEndpoints>().AddSingleton<DownloadEndpoints>().AddSingleton<DashboardDataEndpoints>().AddSingleton<DashboardEndpoints>();
        services.AddSingleton<PipelineEndpoints>().AddSingleton<KpiEndpoints>().AddSingleton<QuarantineEndpoints>().AddSingleton<RunHistoryEndpoints>();
        services.AddSingleton<PageFiles>().AddSingleton<ResultSources>().AddSingleton<PanelAnswers>();
        services.AddSingleton<OverviewPage>().AddSingleton<PipelinePage>().AddSingleton<RunPage>().AddSingleton<QualityPage>().AddSingleton<QuarantinePage>();
        services.AddSingleton<PageEndpoints>().AddSingleton<RepairEndpoints>();
        services.AddRateLimiter(limiter => RateLimits.Configure(limiter, options));
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromMinutes(2),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().WithMethods("GET", "HEAD", "POST", "DELETE").WithExposedHeaders("Content-Disposition", "Retry-After")));
        services.AddOpenApi("v1", openApi => ApiDescription.Configure(openApi, settings));
    }
}
