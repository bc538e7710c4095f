using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Assay.App.Server;

/// <summary>Writes errors: problem details (RFC 9457) that also carry <c>detail</c>, <c>error_type</c> and <c>job_id</c>.</summary>
internal static class Problem
{
    /// <summary>The content type of errors.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Writes an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong, and what to do.</param>
    /// <param name="errorType">The kind of error, for programs.</param>
    /// <param name="jobId">The job that it is about.</param>
    public static Task WriteAsync(HttpContext context, int status, string detail, string errorType, string? jobId = null) =>
        WriteAsync(context, status, errorType, jobId, writer => writer.WriteString("detail", detail));

    /// <summary>Writes what is wrong with the values of a request, in the form that clients of old know.</summary>
    /// <param name="context">The request.</param>
    /// <param name="faults">The faults.</param>
    public static Task WriteAsync(HttpContext context, IReadOnlyList<ValueFault> faults) =>
        WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "validation_error", null, writer =>
        {
            writer.WriteStartArray("detail");
            foreach (ValueFault fault in faults)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("loc");
                writer.WriteStringValue(fault.In);
                writer.WriteStringValue(fault.Name);
                writer.WriteEndArray();
                writer.WriteString("msg", fault.Message);
                writer.WriteString("type", fault.Type);
                if (fault.Limit is { } limit)
                {
                    writer.WriteStartObject("ctx");
                    writer.WriteNumber("limit_value", limit);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    /// <summary>Says that there is no such job.</summary>
    public static Task NoJobAsync(HttpContext context, string id) =>
        WriteAsync(context, StatusCodes.Status404NotFound, "Job not found", "job_not_found", id);

    private static Task WriteAsync(HttpContext context, int status, string errorType, string? jobId, Action<Utf8JsonWriter> detail)
    {
        context.Response.StatusCode = status;
        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            detail(writer);
            writer.WriteString("error_type", errorType);
            if (jobId is not null)
            {
                writer.WriteString("job_id", jobId);
            }

            writer.WriteEndObject();
        }, ContentType);
    }
}
