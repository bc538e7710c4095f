namespace Assay.Store;

/// <summary>Held by a run that writes bronze, silver and state, so that a pipeline has one such run at a time, over
/// all processes of the machine. The system lets go of it when the process ends, however it ends.</summary>
public sealed class PipelineLock : IDisposable
{
    private readonly FileLock _lock;

    private PipelineLock(FileLock held) => _lock = held;

    /// <summary>Takes a pipeline's lock; a run that holds it is waited for, a minute at most.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lock.</returns>
    /// <exception cref="ArgumentException">The name is not a plain folder name.</exception>
    /// <exception cref="StoreException">The other run did not end, or the lock cannot be made.</exception>
    public static PipelineLock Take(AssayHome home, string pipeline, CancellationToken cancellationToken = default) =>
        Take(home, pipeline, FileLock.Patience, cancellationToken);

    /// <summary>Takes a pipeline's lock, with a patience of its own.</summary>
    internal static PipelineLock Take(AssayHome home, string pipeline, TimeSpan patience, CancellationToken cancellationToken)
    {
        string path = Path.Combine(home.Runs, $".{AssayHome.Plain(pipeline)}.lock");
        try
        {
            Directory.CreateDirectory(home.Runs);
            return new PipelineLock(FileLock.Take(path, patience, cancellationToken)
                ?? throw new StoreException(path, $"another run of `{pipeline}` is under way and did not end within {patience.TotalSeconds:0} seconds; wait for it or end it, then run again"));
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(path, e);
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => _lock.Dispose();
}
