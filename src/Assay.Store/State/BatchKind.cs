namespace Assay.Store;

/// <summary>Where a batch of rows came from.</summary>
public enum BatchKind
{
    /// <summary>Files that were not seen before.</summary>
    Load,

    /// <summary>Quarantined rows that a person repaired.</summary>
    Replay,

    /// <summary>All of bronze, read once more; it takes the place of every batch before it.</summary>
    Refresh,
}
