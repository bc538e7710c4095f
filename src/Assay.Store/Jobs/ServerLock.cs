namespace Assay.Store;

/// <summary>Held by the one server of a home, so that no other takes up the jobs that this one runs. The system lets go
/// of it when the process ends, however it ends.</summary>
public sealed class ServerLock : IDisposable
{
    private readonly FileLock _lock;

    private ServerLock(FileLock held) => _lock = held;

    /// <summary>Takes the lock of a home.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <returns>The lock.</returns>
    /// <exception cref="StoreException">Another server holds it, or it cannot be made.</exception>
    public static ServerLock Take(AssayHome home)
    {
        string path = Path.Combine(home.Root, ".server.lock");
        try
        {
            Directory.CreateDirectory(home.Root);
            return new ServerLock(FileLock.TryTake(path)
                ?? throw new StoreException(path, $"another server uses {home.Root}; end it, or give this one a home of its own with {AssayHome.Variable}"));
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(path, e);
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => _lock.Dispose();
}
