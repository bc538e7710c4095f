namespace Assay.Store;

/// <summary>
/// A pipeline's gold in the making. Files are written to a folder that no reader looks at;
/// <see cref="Publish"/> puts all of them in place at once, and disposing of it without that leaves nothing behind.
/// </summary>
/// <remarks>
/// The folder <c>gold/&lt;pipeline&gt;/&lt;run-id&gt;</c> appears by a rename, and the link <c>current</c> moves on to
/// it by another; both are atomic on the file systems of Linux and macOS, and each step is on the disk before
/// the next begins. A process that is killed leaves its folder, whose lock is then free: the next
/// <see cref="Begin"/> removes it. Windows needs the right to make symbolic links.
/// </remarks>
public sealed class GoldStage : IDisposable
{
    /// <summary>The runs that stay published, the current one among them: enough to look back and to go back.</summary>
    public const int DefaultKeep = 5;

    private readonly string _gold;
    private readonly string _lockPath;
    private readonly FileLock _lock;
    private bool _published;
    private bool _disposed;

    private GoldStage(string gold, string runId, string lockPath, FileLock held)
    {
        _gold = gold;
        _lockPath = lockPath;
        _lock = held;
        RunId = runId;
        Folder = Path.Combine(gold, GoldFolder.StagingPrefix + runId);
    }

    /// <summary>The run that the gold belongs to.</summary>
    public string RunId { get; }

    /// <summary>Where the files are now: the staging folder and, once published, the published one.</summary>
    public string Folder { get; private set; }

    /// <summary>Opens an empty stage, and removes those of processes that were killed.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run; each has one stage at most.</param>
    /// <param name="cancellationToken">Ends the waiting for another run that is publishing.</param>
    /// <returns>The stage.</returns>
    /// <exception cref="ArgumentException">The pipeline or run is not a plain folder name.</exception>
    /// <exception cref="StoreException">The folder cannot be made, or the run has gold already.</exception>
    public static GoldStage Begin(AssayHome home, string pipeline, string runId, CancellationToken cancellationToken = default)
    {
        string gold = home.Gold(pipeline);
        string lockPath = Path.Combine(gold, GoldFolder.StagingPrefix + AssayHome.Plain(runId) + GoldFolder.LockSuffix);
        try
        {
            Directory.CreateDirectory(gold);
            using FileLock guard = FileLock.OfFolder(gold, cancellationToken);
            GoldFolder.Sweep(gold);
            if (Directory.Exists(Path.Combine(gold, runId)) || FileLock.TryTake(lockPath) is not { } held)
            {
                throw new StoreException(gold, $"run {runId} has its gold in {gold} already");
            }

            var stage = new GoldStage(gold, runId, lockPath, held);
            try
            {
                Directory.CreateDirectory(stage.Folder);
            }
            catch
            {
                stage.Dispose();
                throw;
            }

            return stage;
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(gold, e);
        }
    }

    /// <summary>Writes one file of the stage.</summary>
    /// <param name="name">Its name, with slashes when it lies in a folder of the stage.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="StoreException">It could not be written, or is there already.</exception>
    public void Write(string name, Action<Stream> write)
    {
        ObjectDisposedException.ThrowIf(_disposed || _published, this);
        string path = Path.Combine(Folder, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            write(file);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(path, e);
        }
    }

    /// <summary>Makes the stage the pipeline's current gold, then removes the oldest published runs.</summary>
    /// <param name="keep">How many runs stay, at least 1; the current one always does.</param>
    /// <param name="cancellationToken">Ends the waiting for another run that is publishing.</param>
    /// <returns>What is published now, and which old runs could not be removed.</returns>
    /// <exception cref="StoreException">It could not be published: <c>current</c> leads where it led before.</exception>
    public PublishedGold Publish(int keep = DefaultKeep, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed || _published, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        string target = Path.Combine(_gold, RunId);
        try
        {
            GoldFolder.Sync(Folder);
            using FileLock guard = FileLock.OfFolder(_gold, cancellationToken);
            Directory.Move(Folder, target);
            Folder = target;
            Durable.SyncFolder(_gold);
            GoldFolder.Flip(_gold, RunId);
            _published = true;
            Durable.SyncFolder(_gold);
            return new PublishedGold(target, GoldFolder.Prune(_gold, RunId, keep));
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(target, e);
        }
    }

    /// <summary>Closes the stage; one that was not published is removed.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (!_published && Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
        finally
        {
            // The name goes while the lock is held, so that it cannot be another's by then.
            File.Delete(_lockPath);
            _lock.Dispose();
        }
    }
}
