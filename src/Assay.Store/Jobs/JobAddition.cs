namespace Assay.Store;

/// <summary>What became of a job that was to be added.</summary>
/// <param name="Outcome">Whether it was.</param>
/// <param name="JobId">The job: the new one, or the earlier one that was asked for under the same key.</param>
public readonly record struct JobAddition(JobAdditionOutcome Outcome, string? JobId);
