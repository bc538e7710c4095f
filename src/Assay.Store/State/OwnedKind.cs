namespace Assay.Store;

/// <summary>What only one pipeline may write.</summary>
public enum OwnedKind
{
    /// <summary>A table's folder in silver.</summary>
    Silver,

    /// <summary>A source's folder in bronze.</summary>
    Bronze,
}
