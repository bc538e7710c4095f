namespace Assay.Store;

/// <summary>A file that takes its place when a change becomes visible.</summary>
/// <param name="From">The staged file's path below the home, with slashes.</param>
/// <param name="To">The published file's, likewise.</param>
public sealed record SilverRename(string From, string To);
