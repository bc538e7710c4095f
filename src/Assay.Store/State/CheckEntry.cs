namespace Assay.Store;

/// <summary>An entry of a check's history.</summary>
/// <param name="RunId">The run that checked.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Outcome">What it found.</param>
public sealed record CheckEntry(string RunId, DateTimeOffset At, CheckOutcome Outcome);
