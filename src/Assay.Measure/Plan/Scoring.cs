namespace Assay.Measure.Plan;

/// <summary>How rows are scored, with the statistics put in.</summary>
/// <param name="Rules">The rules, in order.</param>
/// <param name="Minimum">The least points of a flagged row.</param>
internal sealed record Scoring(IReadOnlyList<ScoringRule> Rules, int Minimum);
