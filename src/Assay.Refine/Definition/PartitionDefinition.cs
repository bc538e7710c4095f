namespace Assay.Refine;

/// <summary>How the stored rows of a table are shared out over files.</summary>
/// <param name="Column">The date or timestamp column that decides.</param>
/// <param name="Grain">How much time a partition spans.</param>
public sealed record PartitionDefinition(string Column, PartitionGrain Grain);
