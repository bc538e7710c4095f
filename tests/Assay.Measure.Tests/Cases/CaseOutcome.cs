namespace Assay.Measure.Tests.Cases;

/// <summary>What a case came to.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Text">The result, or why not.</param>
public sealed record CaseOutcome(CaseOutcomeKind Kind, string Text);
