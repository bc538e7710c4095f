namespace Assay.Store;

/// <summary>An extract that is under way: from its first page until the run commits that loads them.</summary>
/// <param name="Id">Its number; none is used twice.</param>
/// <param name="Day">The day whose folder its pages go to.</param>
/// <param name="Started">When it began, in UTC.</param>
/// <param name="Watermark">What it began with, however long it takes; null for the beginning.</param>
/// <param name="Fetched">When its last page was there, in UTC; null when some are missing.</param>
public sealed record PageExtract(long Id, DateOnly Day, DateTimeOffset Started, string? Watermark, DateTimeOffset? Fetched);
