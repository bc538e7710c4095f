using Assay.App.Pipelines;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What was fetched of an API for one source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Owner">Whose pages they are.</param>
/// <param name="Extract">The extract, which ends with the run's commit.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Pages">Its pages in reading order.</param>
internal sealed record FetchedSource(
    SourceDefinition Source, PageOwner Owner, PageExtract Extract, RestExtract Result, FetchedPages Pages)
{
    /// <summary>By <see cref="ParentNeed.Key"/>, what other sources need of its records.</summary>
    public IReadOnlyDictionary<string, ParentValues> Values { get; init; } = new Dictionary<string, ParentValues>();

    /// <summary>Whether as many records came as the API says there are; null when it does not say.</summary>
    public bool? HasDeclared => Result.DeclaredRecords is { } declared ? declared == Result.Records : null;

    /// <summary>The figures for reports.</summary>
    public RunRequests Requests => Figures(Result.Metrics) with
    {
        Pages = Result.Pages,
        Records = Result.Records,
        DeclaredRecords = Result.DeclaredRecords,
    };

    /// <summary>What asking took, for reports.</summary>
    /// <param name="metrics">The figures.</param>
    /// <returns>The same, without pages and records.</returns>
    public static RunRequests Figures(RestMetrics metrics) => new()
    {
        Requests = metrics.Requests,
        Retries = metrics.Retries,
        Bytes = metrics.Bytes,
        MedianMilliseconds = Rounded(metrics.MedianMilliseconds),
        Percentile95Milliseconds = Rounded(metrics.Percentile95Milliseconds),
        RateLimitSeconds = Math.Round(metrics.RateLimitWait.TotalSeconds, 3),
        PagesFetched = metrics.PagesFetched,
        PagesResumed = metrics.PagesResumed,
        PagesUnchanged = metrics.PagesUnchanged,
        PagesCached = metrics.PagesCached,
    };

    /// <summary>What comparing the declared total found, for each table that is made of the source.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>None when the API declares no total.</returns>
    public IEnumerable<CheckFinding> Check(PipelineDefinition pipeline) => HasDeclared is not { } holds
        ? []
        : pipeline.Tables.Where(table => table.From == Source.Name).Select(table => new CheckFinding(
            table.Name, "declared_total", IsWarning: false, holds, Counted(Result.Records), $"{Counted(Result.DeclaredRecords!.Value)}, as the API says of `{Source.Name}`"));

    private static string Counted(long records) => records == 1 ? "1 record" : FormattableString.Invariant($"{records} records");

    private static double? Rounded(double? milliseconds) => milliseconds is { } some ? Math.Round(some, 1) : null;
}
