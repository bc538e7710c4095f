namespace Assay.Store;

/// <summary>A page that a run is about to commit.</summary>
/// <param name="File">Its entry in the state, its rows counted.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record LoadedPage(LoadedFile File, string Origin);
