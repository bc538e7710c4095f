using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Input that comes only once, kept in a file because it may be needed twice. The file is removed at the end; that of
/// a killed run is known by nobody holding it, and removed by the next run.
/// </summary>
internal sealed class InputSpool : IDisposable
{
    private const string Suffix = ".input";
    private const int ChunkSize = 1 << 20;

    private readonly FileStream _file;

    private InputSpool(FileStream file) => _file = file;

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Copies a stream to its end.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="name">What tells the file from others of this process.</param>
    /// <param name="cancellationToken">Stops the copying, also while it waits for more input.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static InputSpool Of(Stream input, AssayHome home, string name, CancellationToken cancellationToken)
    {
        string folder = Folder(home);
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, $"{name}-{Environment.ProcessId}{Suffix}");
        var spool = new InputSpool(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
        try
        {
            spool.Fill(input, cancellationToken);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Removes what killed runs left.</summary>
    /// <param name="home">Where the data is kept.</param>
    public static void Sweep(AssayHome home)
    {
        if (!Directory.Exists(Folder(home)))
        {
            return;
        }

        foreach (string path in Directory.GetFiles(Folder(home), "*" + Suffix))
        {
            if (IsFree(path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    private static string Folder(AssayHome home) => System.IO.Path.Combine(home.Root, "tmp");

    /// <summary>Whether no process has the file open: a spool is held for as long as its run lasts.</summary>
    private static bool IsFree(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Fill(Stream input, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ChunkSize];
        while (true)
        {
            // A read from a terminal or a pipe cannot be stopped, but it need not be waited for.
            int read = Task.Run(() => input.Read(buffer), cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
            if (read == 0)
            {
                return;
            }

            _file.Write(buffer.AsSpan(0, read));
        }
    }
}
