namespace Assay.Measure;

/// <summary>A text with values in it: literal parts and parts to fill in, in order.</summary>
/// <param name="Parts">The parts.</param>
public sealed record ReasonTemplate(IReadOnlyList<ReasonPart> Parts);
