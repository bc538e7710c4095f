namespace Assay.Store;

/// <summary>A turn at a database file, over all processes of the machine: a lock file beside it. The system lets go of it
/// when the process ends, however it ends.</summary>
internal sealed class FileTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileLock _lock;

    private FileTurn(FileLock held) => _lock = held;

    /// <summary>Takes the turn, waiting for as long as another session has it.</summary>
    /// <param name="options">Whom to tell.</param>
    /// <param name="engine">The database's name.</param>
    /// <param name="path">The database's file; its folder is made when it is missing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="EngineException">The lock file cannot be made.</exception>
    public static FileTurn Take(EngineOptions options, string engine, string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isTold = false;
        while (true)
        {
            if (TryTake(engine, path) is { } turn)
            {
                return turn;
            }

            if (!isTold)
            {
                isTold = true;
                options.Notify($"{engine}: another run is using {path}; waiting until it is done");
            }

            EngineRetry.Wait(TimeProvider.System, Pause, cancellationToken);
        }
    }

    /// <summary>Takes the turn if no other session has it.</summary>
    /// <param name="engine">The database's name.</param>
    /// <param name="path">The database's file; its folder is made when it is missing.</param>
    /// <returns>The turn, or null.</returns>
    /// <exception cref="EngineException">The lock file cannot be made.</exception>
    public static FileTurn? TryTake(string engine, string path)
    {
        RequireNoFolder(engine, path);
        string lockPath = path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return FileLock.TryTake(lockPath) is { } held ? new FileTurn(held) : null;
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new EngineException(engine, $"{lockPath} cannot be made ({e.Message}); change the permissions, or take another file", e);
        }
    }

    /// <summary>Refuses to read a file that is not there, which opening it would make.</summary>
    /// <exception cref="EngineException">It is not there.</exception>
    public static void RequireFile(string engine, string path)
    {
        RequireNoFolder(engine, path);
        if (!File.Exists(path))
        {
            throw new EngineException(engine, $"there is no file {path} to read; run the pipeline with --engine {engine} first");
        }
    }

    private static void RequireNoFolder(string engine, string path)
    {
        if (Directory.Exists(path))
        {
            throw new EngineException(engine, $"{path} is a folder; name a file in it") { IsMisconfigured = true };
        }
    }

    /// <summary>Gives the turn back.</summary>
    public void Dispose() => _lock.Dispose();
}
