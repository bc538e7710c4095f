using System.Collections.Concurrent;

namespace Assay.Store;

/// <summary>The connections to the jobs' database: one that writes, for one thread at a time, and as many that read as
/// are needed at once.</summary>
internal sealed class JobConnections : IDisposable
{
    private readonly string _path;
    private readonly StateConnection _writer;
    private readonly Lock _writing = new();
    private readonly ConcurrentBag<StateConnection> _readers = [];
    private volatile bool _isDisposed;
    private long _version;

    private JobConnections(string path, StateConnection writer)
    {
        _path = path;
        _writer = writer;
    }

    /// <summary>Opens the database, made when there is none.</summary>
    /// <param name="path">Its file; the folder is there.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static JobConnections Open(string path)
    {
        StateConnection writer = StateConnection.Open(path, create: true);
        try
        {
            JobSchema.Migrate(writer, path);
            return new JobConnections(path, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>How often the database was changed through these connections.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Changes the database; when this comes back, the change outlives a power failure.</summary>
    public T Write<T>(Func<StateConnection, T> work)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            T result = default!;
            _writer.InTransaction(() => result = work(_writer));
            Interlocked.Increment(ref _version);
            return result;
        }
    }

    /// <summary>Looks into the database; a writer is not waited for.</summary>
    public T Read<T>(Func<StateConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_readers.TryTake(out StateConnection? reader))
        {
            reader = StateConnection.Open(_path, create: false);
            reader.Execute("PRAGMA query_only = ON");
        }

        try
        {
            return work(reader);
        }
        finally
        {
            _readers.Add(reader);
            if (_isDisposed)
            {
                Clear();
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Clear();
            _writer.Dispose();
        }
    }

    private void Clear()
    {
        while (_readers.TryTake(out StateConnection? reader))
        {
            reader.Dispose();
        }
    }
}
