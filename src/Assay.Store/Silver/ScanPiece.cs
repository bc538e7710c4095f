namespace Assay.Store;

/// <summary>What one query of a scan reads: some whole files of equal columns, or a stretch of one.</summary>
/// <param name="Files">The files, by their place.</param>
/// <param name="First">The first row, from 0, when it is a stretch.</param>
/// <param name="Count">The rows of the stretch, or 0 when all are read.</param>
internal sealed record ScanPiece(int[] Files, long First, long Count);
