namespace Assay.Store;

/// <summary>Jobs with how many there are, all as of one moment.</summary>
/// <param name="Jobs">The jobs, the newest first.</param>
/// <param name="Counts">By state, how many jobs there are in all; every state is there.</param>
/// <param name="Matching">How many pass the filter, those of other pages included.</param>
public sealed record JobPage(IReadOnlyList<JobEntry> Jobs, IReadOnlyDictionary<JobStatus, long> Counts, long Matching)
{
    /// <summary>How many jobs there are in all.</summary>
    public long Total => Counts.Values.Sum();
}
