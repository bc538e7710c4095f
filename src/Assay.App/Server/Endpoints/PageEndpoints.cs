using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/dashboard/</c>: the pages, their files, and the figures that they show.</summary>
internal sealed class PageEndpoints(
    PageFiles files, OverviewPage overview, PipelinePage pipeline, RunPage run, QualityPage quality, QuarantinePage quarantine)
{
    private static readonly string[] Pages =
    [
        "/dashboard/jobs", "/dashboard/jobs/{id}", "/dashboard/pipelines/{name}", "/dashboard/runs/{run}", "/dashboard/quality",
        "/dashboard/quarantine", "/dashboard/quarantine/{run}",
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        // The page and its files tell nothing; what they show, they ask for with the reader's key.
        Hidden(routes.MapRead(DashboardEndpoints.Root, RootAsync, "The dashboard").ForAll());
        Hidden(routes.MapRead("/dashboard/assets/{**file}", files.FileAsync, "A file of the dashboard").ForAll());
        foreach (string page in Pages)
        {
            Hidden(routes.MapRead(page, files.PageAsync, "A page of the dashboard").ForAll());
        }

        Hidden(routes.MapRead("/dashboard/{**page}", MissingAsync, "What is said where there is no such page").ForAll());

        Hidden(routes.MapRead("/dashboard/data/overview", overview.WriteAsync, "What the overview shows"));
        Hidden(routes.MapRead("/dashboard/data/pipelines/{name}", pipeline.WriteAsync, "What a pipeline's page shows"));
        Hidden(routes.MapRead("/dashboard/data/runs/{run}", run.WriteAsync, "What a run's page shows"));
        Hidden(routes.MapRead("/dashboard/data/jobs/{id}/run", run.WriteOfJobAsync, "The same, of a job"));
        Hidden(routes.MapRead("/dashboard/data/quality", quality.WriteAsync, "What the page about quality shows"));
        Hidden(routes.MapRead("/dashboard/data/quarantine", quarantine.WriteRunsAsync, "Which runs set rows aside"));
        Hidden(routes.MapRead("/dashboard/data/quarantine/{run}", quarantine.WriteRowsAsync, "The rows that a run set aside"));
    }

    private Task RootAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.EndsWith('/'))
        {
            return files.PageAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = DashboardEndpoints.Root;
        return Task.CompletedTask;
    }

    /// <summary>A browser gets the page, which says that there is none of this address; a program gets what it gets elsewhere.</summary>
    private Task MissingAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        if (!Accepted.PrefersHtml(context.Request))
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Not Found", "not_found");
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return files.PageAsync(context);
    }

    /// <summary>The API's description is for programs; these answers follow the pages.</summary>
    private static void Hidden(RouteHandlerBuilder route) => route.ExcludeFromDescription();
}
