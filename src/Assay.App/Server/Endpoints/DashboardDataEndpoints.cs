using System.Text.Json;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/dashboard-data/{id}</c>: the figures that a job's page shows.</summary>
internal sealed class DashboardDataEndpoints(JobDatabase jobs, ServerSettings settings, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/dashboard-data/{id}", DataAsync, "The figures of a completed job's page");

    private async Task DataAsync(HttpContext context)
    {
        string id = context.Path("id");
        if (jobs.Find(id) is not { } job)
        {
            await Problem.NoJobAsync(context, id);
            return;
        }

        if (job.Status != JobStatus.Completed)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Job not completed yet", "job_not_completed", id);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(job.Results!);
        if (!document.RootElement.TryGetProperty("results", out JsonElement results))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "No results available for this job", "no_results", id);
            return;
        }

        await Json.WriteAsync(context, writer => Write(writer, job, results));
    }

    private void Write(Utf8JsonWriter writer, JobEntry job, JsonElement results)
    {
        string? completed = job.EndedAt is { } ended ? WireTime.Of(ended) : null;
        writer.WriteStartObject();
        writer.WriteStartObject("job_info");
        writer.WriteString("job_id", job.Id);
        writer.WriteString("filename", JobRequest.Of(job).FileName);
        writer.WriteString("pipeline", job.Pipeline);
        writer.WriteString("completed_at", completed);

        // Clients of old know this as the time of the end; how long it took is told beside it.
        writer.WriteString("processing_time", completed);
        if (job is { StartedAt: { } from, EndedAt: { } to })
        {
            writer.WriteNumber("processing_seconds", Math.Round((to - from).TotalSeconds, 3));
        }

        writer.WriteEndObject();
        writer.WriteStartObject("metrics");
        JobJson.Copy(writer, "records_processed", results, "processing_stats", "records_processed");
        JobJson.Copy(writer, "data_quality_rate", results, "data_quality_stats", "success_rate");
        if (settings.Pipelines.TryGetValue(job.Pipeline, out PipelineSetting? setting))
        {
            foreach ((string name, string count) in setting.Metrics)
            {
                JobJson.Copy(writer, name, results, "processing_stats", count);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartArray("available_files");
        foreach ((string type, _) in JobFiles.Of(job, new JobFolder(options.Home, job.Id)))
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("data_quality_details");
        if (results.TryGetProperty("data_quality_stats", out JsonElement details))
        {
            details.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
    }
}
