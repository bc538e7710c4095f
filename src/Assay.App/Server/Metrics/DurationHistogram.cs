namespace Assay.App.Server;

/// <summary>Counts durations by how long they were.</summary>
/// <param name="limits">The upper limits of its buckets in seconds, ascending; one without a limit comes after them.</param>
internal sealed class DurationHistogram(double[] limits)
{
    private readonly long[] _counts = new long[limits.Length + 1];
    private long _ticks;

    /// <summary>The upper limits of its buckets in seconds.</summary>
    public IReadOnlyList<double> Limits => limits;

    /// <summary>The sum of all durations.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>By bucket, how many durations are in it; the last has no limit.</summary>
    public long[] Counts()
    {
        long[] counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Read(ref _counts[i]);
        }

        return counts;
    }

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan duration)
    {
        int bucket = Array.FindIndex(limits, limit => duration.TotalSeconds <= limit);
        Interlocked.Increment(ref _counts[bucket < 0 ? limits.Length : bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }
}
