namespace Assay.Read.Rest;

/// <summary>What an extract took.</summary>
public sealed record RestMetrics
{
    /// <summary>The requests that were sent, every try counted.</summary>
    public long Requests { get; init; }

    /// <summary>The tries that were followed by another, by cause: a status such as <c>503</c> (or <c>401</c>, when a token was renewed), <c>timeout</c>, <c>connection</c> or <c>body</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, long> Retries { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The bytes of all bodies received, as they were sent.</summary>
    public long Bytes { get; init; }

    /// <summary>The median time of a try, from sending to the last byte, in milliseconds, right to ±2.5 %; null without any.</summary>
    public double? MedianMilliseconds { get; init; }

    /// <summary>The time that 95 of 100 tries stayed below, in milliseconds, right to ±2.5 %; null without any.</summary>
    public double? Percentile95Milliseconds { get; init; }

    /// <summary>How long requests waited for the rate limit, added up.</summary>
    public TimeSpan RateLimitWait { get; init; }

    /// <summary>The pages whose body was fetched.</summary>
    public long PagesFetched { get; init; }

    /// <summary>The pages that an interrupted extract had fetched before.</summary>
    public long PagesResumed { get; init; }

    /// <summary>The pages that the API said were unchanged (304).</summary>
    public long PagesUnchanged { get; init; }

    /// <summary>The pages that were young enough not to be asked for.</summary>
    public long PagesCached { get; init; }
}
