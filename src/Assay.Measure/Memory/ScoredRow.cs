namespace Assay.Measure.Memory;

/// <summary>A flagged row.</summary>
/// <param name="Cells">Its output columns, its score, and room for its reasons.</param>
/// <param name="Reasons">Why it has that score.</param>
internal sealed record ScoredRow(object?[] Cells, string Reasons);
