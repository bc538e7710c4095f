namespace Assay.Read;

/// <summary>What was found in a stretch of a list.</summary>
/// <param name="Comma">The place of a comma between elements, -1 for none.</param>
/// <param name="End">The place of what closes the list, -1 when it is not there.</param>
internal readonly record struct ElementScan(int Comma, int End);
