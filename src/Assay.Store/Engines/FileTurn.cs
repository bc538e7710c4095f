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
        string lockPath = path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            bool isTold = false;
            while (true)
            {
                if (FileLock.TryTake(lockPath) is { } held)
                {
                    return new FileTurn(held);
                }

                if (!isTold)
                {
                    isTold = true;
                    options.Notify($"{engine}: another run is using {path}; waiting until it is done");
                }

                EngineRetry.Wait(TimeProvider.System, Pause, cancellationToken);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new EngineException(engine, $"{lockPath} cannot be made ({e.Message}); change the permissions, or take another file", e);
        }
    }

    /// <summary>Gives the turn back.</summary>
    public void Dispose() => _lock.Dispose();
}
