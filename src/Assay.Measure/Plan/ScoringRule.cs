using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A bound scoring rule.</summary>
/// <param name="When">The condition.</param>
/// <param name="Points">The points it gives.</param>
/// <param name="Reason">The parts of its reason.</param>
/// <param name="DependsOnStatistics">Whether the condition compares with a statistic of all rows.</param>
internal sealed record ScoringRule(BoundExpression When, int Points, IReadOnlyList<BoundReasonPart> Reason, bool DependsOnStatistics);
