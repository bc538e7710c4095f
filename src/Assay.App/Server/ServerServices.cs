using Assay.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.App.Server;

/// <summary>The parts of the server.</summary>
internal static class ServerServices
{
    /// <summary>Adds them all.</summary>
    public static void Add(IServiceCollection services, ServerOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(provider => new PipelineCatalog(
            provider.GetRequiredService<ServerSettings>(), provider.GetRequiredService<Pipelines.PipelineSettings>(), options.Pipeline));
        services.AddSingleton<JobRunner>().AddSingleton<JobQueue>().AddSingleton<JobDesk>().AddSingleton<JobFolders>().AddSingleton<ServerMetrics>();
        services.AddSingleton(new UploadReader(Path.Combine(options.Home.Jobs, JobFolders.Receiving), options.MaxUpload));
        services.AddSingleton<KeyRing>().AddSingleton<AccessCheck>().AddSingleton<AuditLog>();
        services.AddSingleton<SafeText>().AddSingleton<JobJson>().AddSingleton<JobAnswers>();
        services.AddSingleton<StatusEndpoints>().AddSingleton<UploadEndpoints>().AddSingleton<DownloadEndpoints>();
    }
}
