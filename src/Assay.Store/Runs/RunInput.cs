namespace Assay.Store;

/// <summary>A file that a run read, or left out as its content was loaded before.</summary>
/// <param name="Path">The file, as the run was given it.</param>
/// <param name="Bytes">Its size as it lies on the disk; null when it was not a file, such as standard input.</param>
/// <param name="Sha256">The hash of its bytes in lower-case hexadecimal, when it was computed.</param>
public sealed record RunInput(string Path, long? Bytes, string? Sha256 = null)
{
    /// <summary>The source it is of, when the pipeline keeps what it reads.</summary>
    public string? Source { get; init; }

    /// <summary>Whether its content had been loaded before, so that it was not read; null when the pipeline does not ask.</summary>
    public bool? Seen { get; init; }
}
