using Assay.App.Pipelines;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What was fetched of an API for one source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Owner">Whose pages they are.</param>
/// <param name="Extract">The extract, which ends with the run's commit.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Pages">Its pages in reading order, as they are kept.</param>
internal sealed record FetchedSource(
    SourceDefinition Source, PageOwner Owner, PageExtract Extract, RestExtract Result, IReadOnlyList<StoredPage> Pages)
{
    /// <summary>By field, the values of its records that other sources need.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether as many records came as the API says there are; null when it does not say.</summary>
    public bool? HasDeclared => Result.DeclaredRecords is { } declared ? declared == Result.Records : null;

    /// <summary>The figures for reports.</summary>
    public RunRequests Requests => new()
    {
        Pages = Result.Pages.Count,
        Records = Result.Records,
        DeclaredRecords = Result.DeclaredRecords,
        Requests = Result.Metrics.Requests,
        Retries = Result.Metrics.Retries,
        Bytes = Result.Metrics.Bytes,
        MedianMilliseconds = Rounded(Result.Metrics.MedianMilliseconds),
        Percentile95Milliseconds = Rounded(Result.Metrics.Percentile95Milliseconds),
        RateLimitSeconds = Math.Round(Result.Metrics.RateLimitWait.TotalSeconds, 3),
        PagesFetched = Result.Metrics.PagesFetched,
        PagesResumed = Result.Metrics.PagesResumed,
        PagesUnchanged = Result.Metrics.PagesUnchanged,
        PagesCached = Result.Metrics.PagesCached,
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
