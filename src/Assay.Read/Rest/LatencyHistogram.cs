namespace Assay.Read.Rest;

/// <summary>
/// Counts how long tries took, in a fixed 4 KiB. Buckets grow by 5 % each, from a tenth of a millisecond up, and a quantile is
/// told as the (geometric) middle of its bucket: right to ±2.5 %. Safe for several threads.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.05;
    private const double Least = 0.1;
    private readonly long[] _counts = new long[512];
    private long _all;

    /// <summary>Counts one.</summary>
    /// <param name="time">How long it took.</param>
    public void Add(TimeSpan time)
    {
        double steps = Math.Log(Math.Max(time.TotalMilliseconds, Least) / Least, Growth);
        Interlocked.Increment(ref _counts[Math.Min((int)steps, _counts.Length - 1)]);
        Interlocked.Increment(ref _all);
    }

    /// <summary>The time that a share of all stayed below.</summary>
    /// <param name="share">The share, as 0.95.</param>
    /// <returns>The time in milliseconds; null when nothing was counted.</returns>
    public double? Quantile(double share)
    {
        long left = (long)Math.Ceiling(Volatile.Read(ref _all) * share);
        for (int i = 0; i < _counts.Length && left > 0; i++)
        {
            left -= Volatile.Read(ref _counts[i]);
            if (left <= 0)
            {
                return Least * Math.Pow(Growth, i + 0.5);
            }
        }

        return null;
    }
}
