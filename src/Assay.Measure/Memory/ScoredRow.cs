namespace Assay.Measure.Memory;

/// <summary>A flagged row.</summary>
/// <param name="Cells">Its output columns, its score, and room for its reasons.</param>
/// <param name="Row">The row itself, from which its reasons are told when the statistics are final.</param>
internal sealed record ScoredRow(object?[] Cells, CapturedRow Row);
