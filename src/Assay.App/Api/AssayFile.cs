namespace Assay;

/// <summary>A file that a run was given.</summary>
/// <param name="Path">The file, as it was given.</param>
/// <param name="Bytes">Its size; null when it was no file, such as standard input.</param>
/// <param name="Sha256">The hash of its bytes in lower-case hexadecimal; null when the pipeline does not tell files by their content.</param>
/// <param name="IsSeen">Whether it was left out, as its content had been loaded before.</param>
public sealed record AssayFile(string Path, long? Bytes, string? Sha256, bool IsSeen);
