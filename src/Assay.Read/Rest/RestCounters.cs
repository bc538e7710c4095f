namespace Assay.Read.Rest;

/// <summary>Counts what an extract takes. Safe for several threads.</summary>
internal sealed class RestCounters
{
    private readonly LatencyHistogram _latencies = new();
    private readonly SortedDictionary<string, long> _retries = new(StringComparer.Ordinal);
    private long _requests;
    private long _bytes;
    private long _waitedTicks;
    private long _fetched;
    private long _resumed;
    private long _unchanged;
    private long _cached;

    /// <summary>A request goes out.</summary>
    /// <param name="waited">How long it waited for the rate limit.</param>
    public void Sent(TimeSpan waited)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _waitedTicks, waited.Ticks);
    }

    /// <summary>A try has ended, well or badly.</summary>
    /// <param name="took">How long it took.</param>
    public void Ended(TimeSpan took) => _latencies.Add(took);

    /// <summary>Bytes of a body have arrived.</summary>
    /// <param name="count">How many, as they were sent.</param>
    public void Received(long count) => Interlocked.Add(ref _bytes, count);

    /// <summary>A try is followed by another.</summary>
    /// <param name="cause">Why.</param>
    public void Retried(string cause)
    {
        lock (_retries)
        {
            _retries[cause] = _retries.GetValueOrDefault(cause) + 1;
        }
    }

    /// <summary>A page's body was fetched.</summary>
    public void Fetched() => Interlocked.Increment(ref _fetched);

    /// <summary>A page had been fetched before the interruption.</summary>
    public void Resumed() => Interlocked.Increment(ref _resumed);

    /// <summary>A page was unchanged.</summary>
    public void Unchanged() => Interlocked.Increment(ref _unchanged);

    /// <summary>A page was young enough.</summary>
    public void Cached() => Interlocked.Increment(ref _cached);

    /// <summary>What it came to.</summary>
    /// <returns>The figures.</returns>
    public RestMetrics Total()
    {
        lock (_retries)
        {
            return new RestMetrics
            {
                Requests = Interlocked.Read(ref _requests),
                Retries = new SortedDictionary<string, long>(_retries, StringComparer.Ordinal),
                Bytes = Interlocked.Read(ref _bytes),
                MedianMilliseconds = _latencies.Quantile(0.5),
                Percentile95Milliseconds = _latencies.Quantile(0.95),
                RateLimitWait = TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks)),
                PagesFetched = Interlocked.Read(ref _fetched),
                PagesResumed = Interlocked.Read(ref _resumed),
                PagesUnchanged = Interlocked.Read(ref _unchanged),
                PagesCached = Interlocked.Read(ref _cached),
            };
        }
    }
}
