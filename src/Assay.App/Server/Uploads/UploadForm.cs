namespace Assay.App.Server;

/// <summary>What an upload's form holds; disposing of it removes the files that nobody took.</summary>
/// <param name="folder">The folder that the files are received in.</param>
internal sealed class UploadForm(string folder) : IDisposable
{
    /// <summary>The files, in the order of the form.</summary>
    public List<UploadedFile> Files { get; } = [];

    /// <summary>The other fields.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The folder that the files are received in.</summary>
    public string Folder { get; } = folder;

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
