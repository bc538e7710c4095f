namespace Assay.Store;

/// <summary>The files of one source that need not be loaded, known by their content. Sizes are looked at first:
/// a file of a size never seen is new, and need not be read just to find that out.</summary>
public sealed class SeenFiles
{
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private readonly HashSet<long> _sizes = [];

    /// <summary>Takes the files that are in silver.</summary>
    /// <param name="loaded">The files, from <see cref="StateDatabase.LoadedFiles"/>.</param>
    public SeenFiles(IEnumerable<LoadedFile> loaded)
    {
        foreach (LoadedFile file in loaded)
        {
            Add(file.Sha256, file.Bytes);
        }
    }

    /// <summary>Whether a file of this content was seen.</summary>
    /// <param name="sha256">The hash of its bytes in lower-case hexadecimal.</param>
    /// <returns>True when it was.</returns>
    public bool Has(string sha256) => _hashes.Contains(sha256);

    /// <summary>Whether a file of this size was seen.</summary>
    internal bool HasSize(long bytes) => _sizes.Contains(bytes);

    /// <summary>Notes a file.</summary>
    internal void Add(string sha256, long bytes)
    {
        _hashes.Add(sha256);
        _sizes.Add(bytes);
    }
}
