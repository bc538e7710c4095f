namespace Assay.Store;

/// <summary>How much time one partition of a table holds.</summary>
public enum SilverGrain
{
    /// <summary>A calendar month, in the folder <c>month=2025-10</c>.</summary>
    Month,

    /// <summary>A calendar day, in the folder <c>day=2025-10-01</c>.</summary>
    Day,
}
