using System.Buffers;
using System.Text;
using System.Text.Json;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/jobs/{id}/events</c>: server-sent events that tell how a job moves on, until it has ended.</summary>
internal sealed class EventEndpoints(JobDatabase jobs, JobQueue queue, ServerOptions options)
{
    private const int MostListeners = 500;

    /// <summary>Often enough for a bar that moves, seldom enough for hundreds who watch.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Something is said at least so often, so that nothing on the way takes the connection for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private int _listeners;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead("/jobs/{id}/events", EventsAsync, "Server-sent events: `progress` while the job waits and runs, `end` when it has ended")
            .DisableRequestTimeout();

    private async Task EventsAsync(HttpContext context)
    {
        string id = context.Path("id");
        if (jobs.Find(id) is null)
        {
            await Problem.NoJobAsync(context, id);
            return;
        }

        if (Interlocked.Increment(ref _listeners) > MostListeners)
        {
            Interlocked.Decrement(ref _listeners);
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many watch jobs now; ask /status instead", "too_many_listeners", id);
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await WatchAsync(context, id);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async Task WatchAsync(HttpContext context, string id)
    {
        CancellationToken gone = context.RequestAborted;
        string last = "";
        DateTimeOffset told = options.Time.GetUtcNow();
        while (jobs.Find(id) is { } job)
        {
            string data = Data(job);
            DateTimeOffset now = options.Time.GetUtcNow();
            if (data != last)
            {
                await SendAsync(context, $"event: {(job.IsEnded ? "end" : "progress")}\ndata: {data}\n\n", gone);
                (last, told) = (data, now);
            }
            else if (now - told >= Silence)
            {
                await SendAsync(context, ": still there\n\n", gone);
                told = now;
            }

            // A server that ends tells on of what still runs, so long as that does.
            if (job.IsEnded || queue.IsEnding && queue.Running(id) is null)
            {
                return;
            }

            await Task.Delay(Interval, options.Time, gone);
        }

        await SendAsync(context, "event: end\ndata: {\"status\":\"deleted\"}\n\n", gone);
    }

    private string Data(JobEntry job)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json.Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", job.Id);
            writer.WriteString("status", WireStatus.Of(job.Status));
            writer.WriteNumber("attempt", job.Attempt);
            if (job.Status == JobStatus.Queued)
            {
                writer.WriteNumber("jobs_before", jobs.QueuedBefore(job.Number));
            }

            if (job.Error is { } error)
            {
                writer.WriteString("error", error);
            }

            if (job.Status == JobStatus.Running && queue.Running(job.Id) is { } running)
            {
                writer.WritePropertyName("progress");
                new ProgressJson(running).Write(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static async Task SendAsync(HttpContext context, string text, CancellationToken gone)
    {
        await context.Response.WriteAsync(text, gone);
        await context.Response.Body.FlushAsync(gone);
    }
}
