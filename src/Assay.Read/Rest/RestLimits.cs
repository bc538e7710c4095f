namespace Assay.Read.Rest;

/// <summary>How fast an API is asked, and with how much patience.</summary>
public sealed record RestLimits
{
    /// <summary>The most requests on their way at once. Four: noticeably faster than one, and polite.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The most requests in any second, over all resources of one host; null for no limit.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How often a request is tried in all. Five: with waits of 1, 2, 4 and 8 s it outlasts a restart of the API.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait before the second try; each one after is twice as long, and up to a quarter is added or taken off by chance.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that is taken, also when <c>Retry-After</c> asks for a longer one: then the request fails.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one try of a request may take, its body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a whole extract of one resource may take; null for no limit.</summary>
    public TimeSpan? TotalTimeout { get; init; }

    /// <summary>The largest body that is taken, decompressed, in bytes. 64 MiB: a page is held in memory.</summary>
    public long LargestPage { get; init; } = 64 << 20;

    /// <summary>How long a page that was fetched is not asked for again; null asks each time (with its ETag, when it has one).</summary>
    public TimeSpan? CacheFor { get; init; }
}
