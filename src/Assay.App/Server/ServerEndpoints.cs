using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.App.Server;

/// <summary>The endpoints, one file a resource.</summary>
internal static class ServerEndpoints
{
    /// <summary>Maps them all.</summary>
    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<StatusEndpoints>().Map(app);
        app.Services.GetRequiredService<UploadEndpoints>().Map(app);
        app.Services.GetRequiredService<DownloadEndpoints>().Map(app);
    }
}
