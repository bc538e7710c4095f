using System.Text.Json.Serialization;

namespace Assay.Store;

/// <summary>What became of every row of a table.</summary>
/// <param name="Read">Rows read, faulty ones included.</param>
/// <param name="Accepted">Rows that went on.</param>
/// <param name="Quarantined">Rows set aside with a reason.</param>
/// <param name="Deduplicated">Rows left out because another with the same key was kept.</param>
/// <param name="Filtered">Rows left out because the pipeline does not ask for them.</param>
public sealed record RunBooks(long Read, long Accepted, long Quarantined, long Deduplicated, long Filtered)
{
    /// <summary>Whether no row is missing: read = accepted + quarantined + deduplicated + filtered.</summary>
    [JsonIgnore]
    public bool Balance => Read == Accepted + Quarantined + Deduplicated + Filtered;
}
