namespace Assay.Store.Tests;

/// <summary>A home in a folder of its own, removed afterwards.</summary>
internal sealed class TemporaryHome : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-store-").FullName;

    public TemporaryHome() => Home = new AssayHome(Path.Combine(_folder, "data"));

    public AssayHome Home { get; }

    /// <summary>The names of everything in a folder, in order; none when there is no folder.</summary>
    public static string[] Names(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
