namespace Assay.Store;

/// <summary>A folder that a pipeline writes alone.</summary>
/// <param name="Kind">The layer.</param>
/// <param name="Name">The table or source.</param>
public sealed record OwnedName(OwnedKind Kind, string Name);
