using Assay.Read.Rest;

namespace Assay.App.Pipelines;

/// <summary>What may be said of an API once for all sources, or in each.</summary>
internal sealed record RestSettings
{
    private const int MostRequests = 100_000;
    private const int MostAtOnce = 256;
    private const int MostAttempts = 20;
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>Whether <c>base_url</c> is there, right or wrong.</summary>
    public bool NamesBase { get; private init; }

    /// <summary>The address that paths are seen from; null when none is given.</summary>
    public Uri? BaseUrl { get; private init; }

    /// <summary>The headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <summary>How requests say who asks.</summary>
    public RestCredentials Credentials { get; private init; } = RestCredentials.None;

    /// <summary>How pages follow one another.</summary>
    public RestPaginator Paginator { get; private init; } = RestPaginator.Auto;

    /// <summary>How fast it is asked, and with how much patience.</summary>
    public RestLimits Limits { get; private init; } = new();

    /// <summary>Reads settings.</summary>
    /// <param name="context">The definition they are part of.</param>
    /// <param name="section">Where they are; null for none.</param>
    /// <param name="inherited">What holds where nothing is said.</param>
    /// <returns>The settings; what is wrong with them is in the log.</returns>
    public static RestSettings Read(DefinitionContext context, Section? section, RestSettings inherited)
    {
        if (section is null)
        {
            return inherited;
        }

        RestLimits limits = inherited.Limits;
        bool namesBase = section.Node("base_url") is not null;
        IReadOnlyList<KeyValuePair<string, string>> headers = RestTexts.Headers(context, section);
        return new RestSettings
        {
            NamesBase = namesBase || inherited.NamesBase,
            BaseUrl = namesBase ? RestTexts.Url(section, "base_url", section.Text("base_url")) : inherited.BaseUrl,
            Headers =
            [
                .. inherited.Headers.Where(header => !headers.Any(own => own.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))),
                .. headers,
            ],
            Credentials = RestAuthReading.Read(context, section) ?? inherited.Credentials,
            Paginator = RestPaginatorReading.Read(context, section) ?? inherited.Paginator,
            Limits = limits with
            {
                RequestsPerSecond = (int?)section.Number("requests_per_second", 1, MostRequests) ?? limits.RequestsPerSecond,
                Concurrency = (int?)section.Number("concurrency", 1, MostAtOnce) ?? limits.Concurrency,
                Attempts = (int?)section.Number("attempts", 1, MostAttempts) ?? limits.Attempts,
                Backoff = Durations.Read(section, "backoff") ?? limits.Backoff,
                Timeout = Timeout(section) ?? limits.Timeout,
                TotalTimeout = Durations.Read(section, "total_timeout") ?? limits.TotalTimeout,
                CacheFor = Durations.Read(section, "cache") ?? limits.CacheFor,
            },
        };
    }

    private static TimeSpan? Timeout(Section section)
    {
        TimeSpan? time = Durations.Read(section, "timeout");
        if (time < ShortestTimeout || time > LongestTimeout)
        {
            section.Log.Add(section.Text("timeout")!.Start, "`timeout` is the time of one try: 10 ms to 1 day", "for example `30 seconds`");
        }

        return time;
    }
}
