namespace Assay.Read.Rest;

/// <summary>What the pages of a walk come to, whatever order they are added in. It holds on to none of them.</summary>
internal sealed class WalkTotal
{
    private readonly Lock _gate = new();
    private readonly List<(long Place, IReadOnlyList<CollectedValue> Values)> _collected = [];
    private long _declaredAt;
    private long _watermarkAt;

    /// <summary>How many pages there are.</summary>
    public long Pages { get; private set; }

    /// <summary>The records on them.</summary>
    public long Records { get; private set; }

    /// <summary>The most pages that any of them says there are; 0 when none says so.</summary>
    public long Places { get; private set; }

    /// <summary>How many records there are in all, as the last page that tells it tells; null when none does.</summary>
    public long? DeclaredRecords { get; private set; }

    /// <summary>The greatest watermark; of several that are the same the first in reading order.</summary>
    public string? Watermark { get; private set; }

    /// <summary>The collected values in reading order.</summary>
    public IEnumerable<CollectedValue> Collected => _collected.OrderBy(page => page.Place).SelectMany(page => page.Values);

    /// <summary>Adds a page.</summary>
    /// <param name="place">Its place in the walk.</param>
    /// <param name="walked">The page.</param>
    /// <param name="places">How many pages it says there are.</param>
    public void Add(long place, WalkedPage walked, long? places)
    {
        lock (_gate)
        {
            Pages++;
            Records += walked.Page.Records;
            Places = Math.Max(Places, places ?? 0);
            if (walked.DeclaredRecords is { } declared && place > _declaredAt)
            {
                (DeclaredRecords, _declaredAt) = (declared, place);
            }

            if (walked.Page.Watermark is { Length: > 0 } watermark && Beats(watermark, place))
            {
                (Watermark, _watermarkAt) = (watermark, place);
            }

            if (walked.Collected.Count > 0)
            {
                _collected.Add((place, walked.Collected));
            }
        }
    }

    private bool Beats(string watermark, long place) => Watermark is null
        || (Rest.Watermark.Compare(watermark, Watermark) is var order && (order > 0 || (order == 0 && place < _watermarkAt)));
}
