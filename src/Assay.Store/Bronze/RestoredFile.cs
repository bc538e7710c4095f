namespace Assay.Store;

/// <summary>A file that silver is rebuilt from.</summary>
/// <param name="Path">Where its bytes are, as a full path.</param>
/// <param name="File">What the state knows about it.</param>
public sealed record RestoredFile(string Path, LoadedFile File);
