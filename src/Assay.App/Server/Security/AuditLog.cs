using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>Writes down who did what, when, and how it went: a line of JSON for each request that changes something, shows
/// personal data or was refused, in <c>audit/yyyy-MM.jsonl</c> of the home.</summary>
internal sealed class AuditLog(ServerOptions options, ILogger<AuditLog> log)
{
    private const int Longest = 500;

    private readonly Lock _writing = new();
    private readonly string _folder = Path.Combine(options.Home.Root, "audit");

    /// <summary>The middleware. A line is written before the first byte of the answer goes out: nothing is shown that is not written down.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool isWritten = false;
        context.Response.OnStarting(() =>
        {
            Conclude();
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            // A request that was broken off has no answer.
            Conclude();
        }

        void Conclude()
        {
            int status = context.Response.StatusCode;
            bool isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
            if (!isWritten && (!isReading || AuditedRead.Is(context) || status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden))
            {
                isWritten = true;
                Write(context, status);
            }
        }
    }

    /// <summary>As much of a text as is worth keeping: who is refused cannot fill the disk.</summary>
    private static string? Short(string? text) => text is { Length: > Longest } ? string.Concat(text.AsSpan(0, Longest), "…") : text;

    private void Write(HttpContext context, int status)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Json.Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("at", WireTime.Of(now));
            writer.WriteString("who", context.Caller()?.Name);
            writer.WriteString("address", context.Connection.RemoteIpAddress?.ToString());
            writer.WriteString("method", context.Request.Method);
            writer.WriteString("path", Short(context.Request.Path.Value));
            writer.WriteString("query", Short(context.Request.QueryString.Value));
            writer.WriteNumber("status", status);
            if (AuditedJob.Of(context) is { } job)
            {
                writer.WriteString("job_id", job);
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        try
        {
            lock (_writing)
            {
                Directory.CreateDirectory(_folder);
                string name = now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
                using var file = new FileStream(Path.Combine(_folder, name + ".jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
                file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ServerLog.AuditFailed(log, e);
        }
    }
}

/// <summary>The job that a request was about, for the audit.</summary>
internal static class AuditedJob
{
    private static readonly object Slot = new();

    public static string? Of(HttpContext context) => context.Items.TryGetValue(Slot, out object? id) ? (string?)id : null;

    public static void Set(HttpContext context, string id) => context.Items[Slot] = id;
}
