using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/metrics</c>: the server's figures, for Prometheus.</summary>
internal sealed class MetricsEndpoints(JobDatabase jobs, JobQueue queue, ServerMetrics metrics, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/metrics", MetricsAsync, "The server's figures, as Prometheus reads them");

    private Task MetricsAsync(HttpContext context)
    {
        IReadOnlyDictionary<JobStatus, long> counts = jobs.Counts();
        var text = new PrometheusText();
        text.Family("assay_jobs", "gauge", "Jobs that are known, by state.");
        foreach (JobStatus status in WireStatus.All)
        {
            text.Sample("assay_jobs", counts[status], ("status", WireStatus.Of(status)));
        }

        text.Family("assay_jobs_running", "gauge", "Jobs that run now.");
        text.Sample("assay_jobs_running", queue.RunningCount);
        text.Family("assay_jobs_running_limit", "gauge", "Jobs that may run at once.");
        text.Sample("assay_jobs_running_limit", options.MaxJobs);
        text.Family("assay_queue_depth", "gauge", "Jobs that wait.");
        text.Sample("assay_queue_depth", counts[JobStatus.Queued]);
        text.Family("assay_queue_limit", "gauge", "Jobs that may wait.");
        text.Sample("assay_queue_limit", options.MaxQueued);
        text.Family("assay_jobs_ended_total", "counter", "Attempts at jobs that ended since the server began, by pipeline and state; queued ones were put back.");
        foreach (((string pipeline, JobStatus status), long count) in metrics.Ended)
        {
            text.Sample("assay_jobs_ended_total", count, ("pipeline", pipeline), ("status", WireStatus.Of(status)));
        }

        text.Family("assay_rows_total", "counter", "Rows that completed jobs read, by pipeline and whether they were accepted.");
        foreach (((string pipeline, bool isAccepted), long count) in metrics.Rows)
        {
            text.Sample("assay_rows_total", count, ("pipeline", pipeline), ("outcome", isAccepted ? "accepted" : "rejected"));
        }

        text.Family("assay_rejects_total", "counter", "Faults that rows of completed jobs were set aside for, by pipeline and code.");
        foreach (((string pipeline, string code), long count) in metrics.Rejects)
        {
            text.Sample("assay_rejects_total", count, ("pipeline", pipeline), ("code", code));
        }

        text.Histogram("assay_job_duration_seconds", "How long completed jobs took.", metrics.JobSeconds);
        text.Family("assay_http_requests_total", "counter", "Answered requests, by method, route and status.");
        foreach (((string method, string route, int status), long count) in metrics.Requests)
        {
            text.Sample(
                "assay_http_requests_total", count, ("method", method), ("route", route), ("status", status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        text.Histogram("assay_http_request_duration_seconds", "How long answers took.", metrics.RequestSeconds);
        text.Family("process_resident_memory_bytes", "gauge", "Memory that is resident.");
        text.Sample("process_resident_memory_bytes", Environment.WorkingSet);
        context.Response.ContentType = PrometheusText.ContentType;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
