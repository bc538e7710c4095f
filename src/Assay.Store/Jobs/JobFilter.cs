namespace Assay.Store;

/// <summary>Which jobs are asked for; what is null does not matter.</summary>
/// <param name="Status">How far they have come.</param>
/// <param name="Type">How they came about.</param>
/// <param name="Pipeline">The pipeline that they run.</param>
public sealed record JobFilter(JobStatus? Status = null, string? Type = null, string? Pipeline = null);
