using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/health</c> for people, <c>/health/live</c> and <c>/health/ready</c> for machines.</summary>
internal sealed class HealthEndpoints(JobDatabase jobs, JobQueue queue, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/health", HealthAsync, "Whether the server is well, and how many jobs run").ForAll();
        routes.MapRead("/health/live", context => StateAsync(context, "alive"), "Whether the process answers").ForAll();
        routes.MapRead("/health/ready", ReadyAsync, "Whether the server takes jobs: its database answers, and it is not ending").ForAll();
    }

    private Task HealthAsync(HttpContext context) => Json.WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", "healthy");
        writer.WriteString("timestamp", WireTime.Of(options.Time.GetUtcNow()));
        writer.WriteNumber("active_jobs", queue.RunningCount);
        writer.WriteEndObject();
    });

    private Task ReadyAsync(HttpContext context)
    {
        if (!queue.IsTaking)
        {
            return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the server is ending and takes no jobs", "ending");
        }

        try
        {
            jobs.Count(new JobFilter(JobStatus.Running));
        }
        catch (StoreException)
        {
            return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the jobs' database does not answer", "store_error");
        }

        return StateAsync(context, "ready");
    }

    private static Task StateAsync(HttpContext context, string state) => Json.WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", state);
        writer.WriteEndObject();
    });
}
