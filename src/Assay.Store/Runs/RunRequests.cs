namespace Assay.Store;

/// <summary>What a run asked of an API for one source.</summary>
public sealed record RunRequests
{
    /// <summary>The pages that the source has, those that need not be fetched too.</summary>
    public long Pages { get; init; }

    /// <summary>The records on them.</summary>
    public long Records { get; init; }

    /// <summary>How many records the API says there are; null when it does not.</summary>
    public long? DeclaredRecords { get; init; }

    /// <summary>The requests that were sent, every try counted.</summary>
    public long Requests { get; init; }

    /// <summary>By cause, the tries that were followed by another.</summary>
    public IReadOnlyDictionary<string, long> Retries { get => field ?? new Dictionary<string, long>(); init; }

    /// <summary>The bytes of all bodies, as they were sent.</summary>
    public long Bytes { get; init; }

    /// <summary>The median time of a try, in milliseconds; null without any.</summary>
    public double? MedianMilliseconds { get; init; }

    /// <summary>The time that 95 of 100 tries stayed below, in milliseconds; null without any.</summary>
    public double? Percentile95Milliseconds { get; init; }

    /// <summary>How long requests waited for the rate limit, added up, in seconds.</summary>
    public double RateLimitSeconds { get; init; }

    /// <summary>The pages whose bodies were fetched.</summary>
    public long PagesFetched { get; init; }

    /// <summary>The pages that an interrupted run had fetched before.</summary>
    public long PagesResumed { get; init; }

    /// <summary>The pages that the API said were unchanged.</summary>
    public long PagesUnchanged { get; init; }

    /// <summary>The pages that were young enough not to be asked for.</summary>
    public long PagesCached { get; init; }
}
