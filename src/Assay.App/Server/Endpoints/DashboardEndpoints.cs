using System.Text.Json;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary>The pages: <c>/dashboard/</c>, and of a job <c>/dashboard-view/{id}</c> and <c>/job-dashboard/{id}</c>.</summary>
internal sealed class DashboardEndpoints(JobDatabase jobs, PipelineCatalog catalog, ServerSettings settings, ServerOptions options)
{
    /// <summary>Where the dashboard is.</summary>
    public const string Root = "/dashboard/";

    private const int LastJobs = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead(Root, OverviewAsync, "The dashboard");
        routes.MapRead("/dashboard-view/{id}", context => JobAsync(context, ""), "A completed job's summary, with downloads");
        routes.MapRead("/job-dashboard/{id}", context => JobAsync(context, " Dashboard"), "A completed job's dashboard");
    }

    private async Task OverviewAsync(HttpContext context)
    {
        // Links of the page start from its folder.
        if (!context.Request.Path.Value!.EndsWith('/'))
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = Root;
            return;
        }

        var page = new HtmlPage(settings.Title);
        page.Heading(settings.Title);
        page.Heading("Pipelines", 2);
        page.List(catalog.Names.Select(name => (name, $"/pipelines/{Uri.EscapeDataString(name)}")));
        page.Heading("Jobs", 2);
        page.Table(
            ["Job", "File", "Pipeline", "State", "Created (UTC)"],
            [.. jobs.List(new JobFilter(), LastJobs).Select(job => new[]
            {
                job.Id, JobRequest.Of(job).FileName, job.Pipeline, WireStatus.Of(job.Status), WireTime.Of(job.CreatedAt),
            })],
            row => row[3] == WireStatus.Of(JobStatus.Completed) ? $"/dashboard-view/{row[0]}" : $"/status/{row[0]}");
        await page.WriteAsync(context);
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
        page.List([("All files as a zip", $"/download/{id}"), ("Dashboard", Root), ("All jobs", "/jobs")]);
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
