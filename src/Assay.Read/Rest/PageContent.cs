namespace Assay.Read.Rest;

/// <summary>What a page says.</summary>
internal sealed record PageContent
{
    /// <summary>How many records it has.</summary>
    public required long Records { get; init; }

    /// <summary>See <see cref="PageShape.Total"/>.</summary>
    public long? Total { get; init; }

    /// <summary>See <see cref="PageShape.TotalRecords"/>.</summary>
    public long? TotalRecords { get; init; }

    /// <summary>See <see cref="PageShape.Next"/>; with <see cref="PageShape.LooksForSigns"/>, the link that was found.</summary>
    public string? Next { get; init; }

    /// <summary>The page's own number, when signs are looked for.</summary>
    public long? Number { get; init; }

    /// <summary>The greatest value of the incremental cursor.</summary>
    public string? Watermark { get; init; }

    /// <summary>The collected values, in order.</summary>
    public IReadOnlyList<CollectedValue> Collected { get; init; } = [];
}
