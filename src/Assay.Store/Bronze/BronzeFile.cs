namespace Assay.Store;

/// <summary>A file kept in bronze.</summary>
/// <param name="Path">Where its bytes are, as a full path.</param>
/// <param name="Manifest">What is known about it.</param>
public sealed record BronzeFile(string Path, BronzeManifest Manifest);
