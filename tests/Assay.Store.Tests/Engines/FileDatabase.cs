namespace Assay.Store.Tests.Engines;

/// <summary>A folder for one database file, removed afterwards.</summary>
internal sealed class FileDatabase(EngineKind kind, string name) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("assay-engine-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "data", name);

    public EngineOptions Options => new() { Kind = kind, Connection = Path };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
