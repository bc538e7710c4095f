using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/status/{id}</c>: how far a job has come, and what it came to.</summary>
internal sealed class StatusEndpoints(JobDatabase jobs, JobJson json)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead("/status/{id}", StatusAsync, "How far a job has come, and what it came to");

    private Task StatusAsync(HttpContext context)
    {
        string id = context.Path("id");
        return jobs.Find(id) is { } job
            ? Json.WriteAsync(context, writer => json.Write(writer, job, withSummary: true))
            : Problem.NoJobAsync(context, id);
    }
}
