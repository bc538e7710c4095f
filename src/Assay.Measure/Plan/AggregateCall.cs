using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Plan;

/// <summary>An aggregate that a KPI keeps, once however often it is named.</summary>
/// <param name="Kind">Which aggregate.</param>
/// <param name="Argument">What it is taken over; null for <c>count(*)</c>.</param>
/// <param name="Custom">The name of a registered one; null for those built in.</param>
internal sealed record AggregateCall(AggregateKind Kind, Expression? Argument, string? Custom = null);
