namespace Assay.Refine;

/// <summary>How much time a partition of a stored table spans.</summary>
public enum PartitionGrain
{
    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar day.</summary>
    Day,
}
