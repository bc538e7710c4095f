using Assay.Data;

namespace Assay.Measure;

/// <summary>One scoring rule.</summary>
/// <param name="When">The condition, over the row's columns and over aggregates of all rows (<c>revenue > 10 * avg(revenue)</c>).</param>
/// <param name="Points">The points it gives.</param>
/// <param name="Reason">The reason's text.</param>
public sealed record ScoreRule(Expression When, int Points, ReasonTemplate Reason);
