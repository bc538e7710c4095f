namespace Assay.Store;

/// <summary>What pruning removed.</summary>
/// <param name="Orphans">Files that no run committed.</param>
/// <param name="Records">Parquet copies past their time; the raw files stay.</param>
/// <param name="Spent">Raw files past their time that nothing in silver comes from any more.</param>
/// <param name="Bytes">The room that this made.</param>
public sealed record PrunedBronze(int Orphans, int Records, int Spent, long Bytes);
