namespace Assay.Measure;

/// <summary>
/// Divides the groups by one of their values: a group belongs to the segment with the greatest threshold that its value
/// reaches. Thresholds are fixed, or quantiles of the values of all groups (after <c>having</c>, before <c>limit</c>),
/// interpolated linearly at (n - 1)·p and rounded half to even to the value's own scale.
/// </summary>
public sealed record SegmentDefinition
{
    /// <summary>The output column that names the segment.</summary>
    public required string Column { get; init; }

    /// <summary>The output column that they are divided by.</summary>
    public required string Of { get; init; }

    /// <summary>The segments in the order that the total lists them in.</summary>
    public required IReadOnlyList<SegmentLevel> Levels { get; init; }

    /// <summary>Whether the levels are quantiles; else they are least values.</summary>
    public bool AreQuantiles { get; init; }

    /// <summary>The segment of the groups that reach no threshold or have no value; null leaves them without one.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The name of the total that gives each segment's groups and threshold; null gives none.</summary>
    public string? Total { get; init; }

    /// <summary>What the total calls a threshold.</summary>
    public string ThresholdName { get; init; } = "minimum";
}
