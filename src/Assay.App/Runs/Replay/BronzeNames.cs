using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// How the quarantine names the files of a source: as they were given to the run that landed them, and, when
/// silver is rebuilt, by where they are in bronze. Files of one name that came on different days are told apart so.
/// </summary>
internal sealed class BronzeNames
{
    private readonly Dictionary<(string RunId, string Name), BronzeFile> _given = [];
    private readonly Dictionary<string, BronzeFile> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BronzeFile> _byHash = new(StringComparer.Ordinal);

    /// <summary>Takes the names of a source's files.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="source">The source.</param>
    /// <exception cref="StoreException">A manifest cannot be read.</exception>
    public BronzeNames(AssayHome home, string source)
    {
        foreach (BronzeFile file in new BronzeStore(home).List(source))
        {
            _given[(file.Manifest.RunId, file.Manifest.Origin)] = file;
            _byPath[Path.GetRelativePath(home.Root, file.Path).Replace(Path.DirectorySeparatorChar, '/')] = file;
            _byHash[file.Manifest.Sha256] = file;
        }
    }

    /// <summary>The file that a run's quarantine calls by a name.</summary>
    /// <returns>The file, or null when it is not kept, or was not loaded by that run.</returns>
    public BronzeFile? Find(string runId, string name) =>
        _given.GetValueOrDefault((runId, name)) ?? _byPath.GetValueOrDefault(name) ?? FindByEnd(runId, name);

    /// <summary>The file of a content, or null when it is not kept.</summary>
    public BronzeFile? Find(string sha256) => _byHash.GetValueOrDefault(sha256);

    /// <summary>What the quarantine of a run calls a file that the run loaded.</summary>
    public string? NameIn(string runId, LoadedFile file) =>
        Find(file.Sha256) is { } kept && kept.Manifest.RunId == runId ? kept.Manifest.Origin : file.BronzePath;

    /// <summary>The file whose name ends so: a server tells names from its home on, as nobody is told where that lies.</summary>
    private BronzeFile? FindByEnd(string runId, string name) =>
        _given.Where(one => one.Key.RunId == runId && one.Key.Name.EndsWith('/' + name, StringComparison.Ordinal)).Select(one => one.Value).Take(2).ToArray() is [var only] ? only : null;
}
