using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.App.Server;

/// <summary>The endpoints, one file a resource.</summary>
internal static class ServerEndpoints
{
    /// <summary>Maps them all.</summary>
    public static void Map(WebApplication app)
    {
        IServiceProvider services = app.Services;
        services.GetRequiredService<DocsEndpoints>().Map(app);
        services.GetRequiredService<RootEndpoints>().Map(app);
        services.GetRequiredService<HealthEndpoints>().Map(app);
        services.GetRequiredService<MetricsEndpoints>().Map(app);
        services.GetRequiredService<RunEndpoints>().Map(app);
        services.GetRequiredService<UploadEndpoints>().Map(app);
        services.GetRequiredService<StatusEndpoints>().Map(app);
        services.GetRequiredService<JobEndpoints>().Map(app);
        services.GetRequiredService<EventEndpoints>().Map(app);
        services.GetRequiredService<DownloadEndpoints>().Map(app);
        services.GetRequiredService<DashboardDataEndpoints>().Map(app);
        services.GetRequiredService<DashboardEndpoints>().Map(app);
        services.GetRequiredService<PageEndpoints>().Map(app);
        services.GetRequiredService<RepairEndpoints>().Map(app);
        services.GetRequiredService<PipelineEndpoints>().Map(app);
        services.GetRequiredService<KpiEndpoints>().Map(app);
        services.GetRequiredService<QuarantineEndpoints>().Map(app);
        services.GetRequiredService<RunHistoryEndpoints>().Map(app);
    }
}
