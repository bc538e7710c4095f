namespace Assay.Measure;

/// <summary>A segment and where it begins.</summary>
/// <param name="Name">The segment's name.</param>
/// <param name="Units">Its least value, or its quantile from 0 to 1, in units of 10^-<paramref name="Scale"/>.</param>
/// <param name="Scale">The digits after the point.</param>
public sealed record SegmentLevel(string Name, long Units, int Scale);
