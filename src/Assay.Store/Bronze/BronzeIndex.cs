namespace Assay.Store;

/// <summary>The files that lie in a source's folder, those of runs that did not come to their commit too.</summary>
internal sealed class BronzeIndex
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<long> _sizes = [];

    /// <summary>Looks through a source's folder. What killed runs left half-done is removed on the way.</summary>
    /// <exception cref="StoreException">The folder cannot be read or tidied.</exception>
    public static BronzeIndex Of(string folder)
    {
        var index = new BronzeIndex();
        try
        {
            BronzeFolder.Sweep(folder);
            foreach (string path in BronzeFolder.Files(folder))
            {
                index._paths[Path.GetFileName(path).Split('-')[0]] = path;
                index._sizes.Add(new FileInfo(path).Length);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }

        return index;
    }

    /// <summary>Whether a file of this size is there.</summary>
    public bool HasSize(long bytes) => _sizes.Contains(bytes);

    /// <summary>The file of a content, when its bytes are known to be whole.</summary>
    public string? Find(string sha256) =>
        (_paths.TryGetValue(sha256[..BronzeFolder.HashDigits], out string? path) || _paths.TryGetValue(sha256, out path))
            && BronzeManifest.Load(path)?.Sha256 == sha256
            ? path
            : null;
}
