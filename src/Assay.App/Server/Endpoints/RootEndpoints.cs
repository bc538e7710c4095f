using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/</c>: what there is; a browser that asks for a page is sent to the dashboard.</summary>
internal sealed class RootEndpoints(ServerSettings settings)
{
    private const string Version = "1.0.0";

    private static readonly (string Name, string Text)[] Endpoints =
    [
        ("upload", "/upload - Upload CSV file"),
        ("run_pipeline", "/run-pipeline - Run a pipeline on generated input"),
        ("run_large_test", "/run-large-scale-test - Run large scale test"),
        ("status", "/status/{job_id} - Check job status"),
        ("jobs", "/jobs - List all jobs"),
        ("health", "/health - Health check"),
        ("dashboard", "/dashboard - Main interactive dashboard"),
        ("job_dashboard", "/job-dashboard/{job_id} - Interactive dashboard for specific job"),
        ("job_summary", "/dashboard-view/{job_id} - Job summary with downloads"),
        ("api_docs", "/docs - API documentation"),
        ("download", "/download/{job_id} - Files of a job"),
        ("job_events", "/jobs/{job_id}/events - Live progress of a job"),
        ("pipelines", "/pipelines - Pipelines and their last runs"),
        ("kpis", "/kpis/{pipeline}/{kpi} - Published figures"),
        ("quarantine", "/quarantine/{run_id} - Rows that a run set aside"),
        ("runs", "/runs - What ran, and how it went"),
        ("metrics", "/metrics - Figures for Prometheus"),
    ];

    private static readonly (string Name, string Text)[] QuickStart =
    [
        ("run_main_pipeline", "POST /run-pipeline"),
        ("run_large_test", "POST /run-large-scale-test?num_rows=100000"),
        ("upload_file", "POST /upload (with file)"),
        ("view_dashboard", "GET /dashboard"),
        ("view_job_dashboard", "GET /job-dashboard/{job_id}"),
        ("view_job_summary", "GET /dashboard-view/{job_id}"),
    ];

    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/", RootAsync, "What there is").ForAll();

    private Task RootAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        if (Accepted.PrefersHtml(context.Request))
        {
            context.Response.Redirect(DashboardEndpoints.Root);
            return Task.CompletedTask;
        }

        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message", settings.Title);
            writer.WriteString("version", Version);
            Write("endpoints", Endpoints);
            writer.WriteString("dashboard_url", "/dashboard");
            writer.WriteString("api_docs_url", "/docs");
            Write("quick_start", QuickStart);
            writer.WriteEndObject();

            void Write(string name, (string Name, string Text)[] texts)
            {
                writer.WriteStartObject(name);
                foreach ((string key, string text) in texts)
                {
                    writer.WriteString(key, text);
                }

                writer.WriteEndObject();
            }
        });
    }
}
