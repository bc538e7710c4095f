using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>The answers to requests for jobs.</summary>
internal sealed class JobAnswers(JobDatabase jobs, JobDesk desk, PipelineCatalog catalog, SafeText safe)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int RetrySeconds = 5;

    private static string RetryAfter => RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the client calls its request; null when it does not.</summary>
    public IdempotencyKey? KeyOf(HttpContext context) => context.Request.Headers[KeyHeader] is [{ Length: > 0 } key]
        ? new IdempotencyKey($"{context.Caller()?.Name}\n{key}", $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}")
        : null;

    /// <summary>Answers at once when the same was asked for before, no more jobs may wait, or the server is ending.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> RefusedAsync(HttpContext context, IdempotencyKey? key)
    {
        if (key is not null && jobs.Changes.AskedBefore(key) is { } before)
        {
            await AddedAsync(context, before);
            return true;
        }

        if (desk.IsClosed)
        {
            await ClosedAsync(context);
            return true;
        }

        if (desk.IsFull)
        {
            await AddedAsync(context, new JobAddition(JobAdditionOutcome.QueueFull, null));
            return true;
        }

        return false;
    }

    /// <summary>The pipeline that a request means; when there is none, the answer says so.</summary>
    public async Task<PipelineDefinition?> PipelineAsync(HttpContext context, string? name)
    {
        name ??= catalog.Default;
        if (name is null || !catalog.Has(name))
        {
            string known = string.Join(", ", catalog.Names);
            await Problem.WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                name is null ? "There is no pipeline yet; write one under pipelines/" : $"Pipeline '{FileLabel.Of(name)}' not found. Available pipelines: [{known}]",
                "pipeline_not_found");
            return null;
        }

        try
        {
            return catalog.Load(name);
        }
        catch (DefinitionException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, safe.Of(string.Join("; ", e.Errors)), "pipeline_invalid");
            return null;
        }
    }

    /// <summary>Says that the server is ending, and takes no jobs.</summary>
    public static Task ClosedAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfter;
        return Problem.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, $"the server is ending and takes no jobs; ask again in {RetrySeconds} seconds", "ending");
    }

    /// <summary>Tells what became of a job that was to be added.</summary>
    public Task AddedAsync(HttpContext context, JobAddition added)
    {
        switch (added.Outcome)
        {
            case JobAdditionOutcome.QueueFull:
                context.Response.Headers.RetryAfter = RetryAfter;
                return Problem.WriteAsync(
                    context, StatusCodes.Status429TooManyRequests, $"as many jobs wait as may; ask again in {RetrySeconds} seconds", "queue_full");
            case JobAdditionOutcome.KeyOfAnother:
                return Problem.WriteAsync(
                    context, StatusCodes.Status422UnprocessableEntity, $"this {KeyHeader} was given with another request; take a new one", "idempotency_key_reused", added.JobId);
            default:
                break;
        }

        AuditedJob.Set(context, added.JobId!);
        if (jobs.Find(added.JobId!) is not { } job)
        {
            return Problem.NoJobAsync(context, added.JobId!);
        }

        if (added.Outcome == JobAdditionOutcome.AskedBefore)
        {
            context.Response.Headers["Idempotency-Replayed"] = "true";
        }

        return WriteAsync(context, job);
    }

    private static Task WriteAsync(HttpContext context, JobEntry job)
    {
        JobRequest request = JobRequest.Of(job);
        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", job.Id);
            if (job.Type == JobType.Upload)
            {
                writer.WriteString("filename", request.FileName);
            }

            writer.WriteString("type", job.Type);

            // As it was when it was added; /status tells how it is now.
            writer.WriteString("status", WireStatus.Of(JobStatus.Queued));
            writer.WriteString("message", job.Type switch
            {
                JobType.Upload => "File uploaded successfully. Pipeline processing started.",
                JobType.LargeRun => "Large scale test started successfully.",
                _ => "Main pipeline started successfully.",
            });
            if (job.Type != JobType.Upload)
            {
                writer.WriteStartObject("parameters");
                if (request.Rows is { } rows)
                {
                    writer.WriteNumber(JobParameters.RowsName, rows);
                }
                else
                {
                    writer.WriteNull(JobParameters.RowsName);
                }

                if (job.Type == JobType.Run)
                {
                    writer.WriteNumber(JobParameters.ChunkSizeName, request.ChunkSize);
                }

                writer.WriteEndObject();
            }

            writer.WriteString("pipeline", job.Pipeline);
            writer.WriteNumber(JobParameters.ChunkSizeName, request.ChunkSize);
            writer.WriteString("estimated_processing_info", $"Use /status/{job.Id} to check progress");
            writer.WriteEndObject();
        });
    }
}
