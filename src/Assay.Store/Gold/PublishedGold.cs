namespace Assay.Store;

/// <summary>What a publication left behind.</summary>
/// <param name="Folder">The published run's folder.</param>
/// <param name="Leftovers">Folders of older runs that could not be removed; the next publication tries again.</param>
public sealed record PublishedGold(string Folder, IReadOnlyList<string> Leftovers);
