using System.Text.Json;

namespace Assay.Store;

/// <summary>Writes what a run asked of APIs, for its manifest and its quality report.</summary>
public static class RequestsText
{
    /// <summary>Writes the property <c>requests</c>; nothing when there were none.</summary>
    /// <param name="writer">Takes it, within an object.</param>
    /// <param name="requests">The requests by source.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, RunRequests> requests)
    {
        if (requests.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("requests");
        foreach ((string source, RunRequests asked) in requests)
        {
            writer.WriteStartObject(source);
            Write(writer, asked);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RunRequests asked)
    {
        writer.WriteNumber("pages", asked.Pages);
        writer.WriteNumber("records", asked.Records);
        ManifestText.WriteNumber(writer, "declared_records", asked.DeclaredRecords);
        writer.WriteNumber("requests", asked.Requests);
        writer.WriteStartObject("retries");
        foreach ((string cause, long times) in asked.Retries)
        {
            writer.WriteNumber(cause, times);
        }

        writer.WriteEndObject();
        writer.WriteNumber("bytes", asked.Bytes);
        Write(writer, "median_milliseconds", asked.MedianMilliseconds);
        Write(writer, "percentile95_milliseconds", asked.Percentile95Milliseconds);
        writer.WriteNumber("rate_limit_seconds", asked.RateLimitSeconds);
        writer.WriteNumber("pages_fetched", asked.PagesFetched);
        writer.WriteNumber("pages_resumed", asked.PagesResumed);
        writer.WriteNumber("pages_unchanged", asked.PagesUnchanged);
        writer.WriteNumber("pages_cached", asked.PagesCached);
    }

    private static void Write(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
