using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A part of a reason with its value bound.</summary>
/// <param name="Part">The part as declared.</param>
/// <param name="Value">Its value; null for a literal part.</param>
internal sealed record BoundReasonPart(ReasonPart Part, BoundExpression? Value);
