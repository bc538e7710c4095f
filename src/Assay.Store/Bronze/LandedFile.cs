namespace Assay.Store;

/// <summary>What became of a file that was to be landed.</summary>
/// <param name="Source">The source it is of.</param>
/// <param name="Origin">Where it came from, as it was given.</param>
/// <param name="Name">The last part of that.</param>
/// <param name="Sha256">The hash of its bytes, 64 digits of lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Path">Where its bytes are kept, as a full path; null when they were seen before.</param>
/// <param name="BronzePath">The same, seen from the home, with slashes.</param>
public sealed record LandedFile(
    string Source, string Origin, string Name, string Sha256, long Bytes, string? Path, string? BronzePath)
{
    /// <summary>Whether its rows are in silver already, or it is the second one of its content in this run: leave it out.</summary>
    public bool IsSeen => Path is null;

    /// <summary>How it is to be read, when that was told.</summary>
    public string? Format { get; init; }

    /// <summary>The entry for the state.</summary>
    /// <param name="rows">The rows it has, faulty ones included.</param>
    /// <returns>The entry.</returns>
    public LoadedFile Loaded(long rows) => new(Source, Sha256, Name, Bytes, rows, BronzePath) { Format = Format };
}
