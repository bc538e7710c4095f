using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/kpis/{pipeline}/{kpi}</c>: a published figure, as JSON or, for those who ask for it, CSV.</summary>
internal sealed class KpiEndpoints(JobDatabase jobs, RunPlaces places, JobAnswers answers, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead(
        "/kpis/{pipeline}/{kpi}",
        KpiAsync,
        "A KPI as it was published last, as JSON or CSV",
        new ApiParameter("job", "As this job published it"));

    private async Task KpiAsync(HttpContext context)
    {
        if (await answers.PipelineAsync(context, context.Path("pipeline")) is not { } pipeline)
        {
            return;
        }

        string name = context.Path("kpi");
        if (pipeline.Kpis.FirstOrDefault(kpi => kpi.Name == name) is not { } kpi)
        {
            string known = string.Join(", ", pipeline.Kpis.Select(one => one.Name));
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"KPI '{FileLabel.Of(name)}' not found. Available KPIs: [{known}]", "kpi_not_found");
            return;
        }

        string? jobId = context.Request.Query["job"] is { Count: > 0 } given ? given[^1] : null;
        string? folder = null;
        if (jobId is null)
        {
            folder = places.Published(pipeline.Name)?.Folder;
        }
        else if (jobs.Find(jobId) is { Status: JobStatus.Completed } job && job.Pipeline == pipeline.Name)
        {
            folder = new JobFolder(options.Home, job.Id).Output;
        }

        if (folder is null || !File.Exists(Path.Combine(folder, kpi.Name + ".json")))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"nothing is published of '{pipeline.Name}' yet; run it first", "not_published", jobId);
            return;
        }

        await TableAnswer.SendAsync(context, Path.Combine(folder, kpi.Name));
    }
}
