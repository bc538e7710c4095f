using System.Globalization;
using Assay.Store;

namespace Assay.App.Reports;

/// <summary>Tells in words what a run asked of APIs.</summary>
internal static class RequestsDisplay
{
    /// <summary>What was asked for one source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="asked">What was asked.</param>
    /// <returns>For example <c>customers: 12 records on 2 pages; 5 requests, 3 retried (503: 2, 429: 1); p50 12 ms, p95 30 ms; waited 0.0 s for the rate limit</c>.</returns>
    public static string Line(string source, RunRequests asked)
    {
        string known = string.Join(", ", Known(asked));
        string retried = asked.Retries.Count == 0
            ? ""
            : $", {TerminalReport.Number(asked.Retries.Values.Sum())} retried ({string.Join(", ", asked.Retries.Select(retry => $"{retry.Key}: {TerminalReport.Number(retry.Value)}"))})";
        string times = asked.MedianMilliseconds is { } median && asked.Percentile95Milliseconds is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"; p50 {median:0} ms, p95 {most:0} ms")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{source}: {Count(asked.Records, "record")} on {Count(asked.Pages, "page")}{(known.Length == 0 ? "" : $" ({known})")}; "
            + $"{Count(asked.Requests, "request")}{retried}{times}; waited {asked.RateLimitSeconds:0.0} s for the rate limit");
    }

    /// <summary>The pages that were not fetched, by why.</summary>
    private static IEnumerable<string> Known(RunRequests asked)
    {
        if (asked.PagesResumed > 0)
        {
            yield return $"{TerminalReport.Number(asked.PagesResumed)} of an interrupted run";
        }

        if (asked.PagesUnchanged > 0)
        {
            yield return $"{TerminalReport.Number(asked.PagesUnchanged)} unchanged";
        }

        if (asked.PagesCached > 0)
        {
            yield return $"{TerminalReport.Number(asked.PagesCached)} cached";
        }
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{TerminalReport.Number(count)} {what}s";
}
