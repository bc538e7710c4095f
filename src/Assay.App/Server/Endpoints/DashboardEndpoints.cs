using System.Text.Json;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary>Pages of a job that need no script: <c>/dashboard-view/{id}</c> and <c>/job-dashboard/{id}</c>.</summary>
internal sealed class DashboardEndpoints(JobDatabase jobs, ServerOptions options)
{
    /// <summary>Where the dashboard is.</summary>
    public const string Root = "/dashboard/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/dashboard-view/{id}", context => JobAsync(context, ""), "A completed job's summary, with downloads");
        routes.MapRead("/job-dashboard/{id}", context => JobAsync(context, " Dashboard"), "A completed job's dashboard");
    }

    private async Task JobAsync(HttpContext context, string kind)
    {
        string id = context.Path("id");
        if (jobs.Find(id) is not { } job)
        {
            await Problem.NoJobAsync(context, id);
            return;
        }

        if (job.Status != JobStatus.Completed)
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status400BadRequest, "Job not completed yet. Please wait for processing to finish.", "job_not_completed", id);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(job.Results!);
        if (!document.RootElement.TryGetProperty("results", out JsonElement results))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "No results available for this job", "no_results", id);
            return;
        }

        string name = JobRequest.Of(job).FileName;
        var page = new HtmlPage($"Job {id[..Math.Min(8, id.Length)]}...{kind} - {name}");
        page.Heading($"{name}, as {job.Pipeline}");
        Figures(page, "Processing", results, "processing_stats");
        Figures(page, "Quality", results, "data_quality_stats");
        page.Heading("Downloads", 2);
        page.List(JobFiles.Of(job, new JobFolder(options.Home, id)).Select(file => (Path.GetFileName(file.Value), $"/download/{id}?file_type={Uri.EscapeDataString(file.Key)}")));
        page.List([("Its charts", $"/dashboard/pipelines/{Uri.EscapeDataString(job.Pipeline)}?job={id}"), ("All files as a zip", $"/download/{id}"), ("Dashboard", Root), ("All jobs", "/jobs")]);
        await page.WriteAsync(context);
    }

    private static void Figures(HtmlPage page, string title, JsonElement results, string section)
    {
        page.Heading(title, 2);
        page.Table(
            ["Figure", "Value"],
            results.TryGetProperty(section, out JsonElement figures) && figures.ValueKind == JsonValueKind.Object
                ? [.. figures.EnumerateObject().Select(figure => new[] { figure.Name.Replace('_', ' '), figure.Value.ToString() })]
                : []);
    }
}
