namespace Assay.Store;

/// <summary>How good a run's data was.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was scored, in UTC.</param>
/// <param name="Score">The score, as <c>summary.json</c> tells it.</param>
public sealed record QualityScore(string RunId, DateTimeOffset At, decimal Score);
