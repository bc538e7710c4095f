using Assay.Store;

namespace Assay.App.Runs;

/// <summary>The records of one earlier run that a replay takes over, as one table counted them.</summary>
/// <param name="Table">The table.</param>
/// <param name="RunId">The earlier run.</param>
/// <param name="Quarantined">Those that the table had set aside, as its quarantine names them.</param>
/// <param name="Good">How many it had taken in: another table of the source had set them aside.</param>
/// <param name="Filtered">How many it leaves out.</param>
internal sealed record ReplayedRows(string Table, string RunId, IReadOnlyList<(string File, long Row)> Quarantined, long Good, long Filtered)
{
    /// <summary>What is to be taken back of the earlier run's books, as the replay counts the records.</summary>
    /// <param name="booked">The books as they stand. Which of a key's equal rows counted as accepted is not known, nor does it matter:
    /// as long as there are deduplicated ones, they go.</param>
    /// <returns>Numbers that are negative or zero.</returns>
    public RunBooks Correction(RunBooks booked)
    {
        long deduplicated = Math.Min(Good, Math.Max(0, booked.Deduplicated));
        return new RunBooks(-(Quarantined.Count + Good + Filtered), deduplicated - Good, -Quarantined.Count, -deduplicated, -Filtered);
    }
}
