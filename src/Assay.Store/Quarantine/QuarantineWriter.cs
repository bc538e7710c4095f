using System.Text;

namespace Assay.Store;

/// <summary>
/// A table's rejected rows of one run, as <c>quarantine/&lt;table&gt;/&lt;run-id&gt;.csv</c>. Workers hand in the rows of
/// whole blocks in any order, and the file has them in the order of the blocks: its bytes do not depend on
/// how many workers there are.
/// </summary>
/// <remarks>
/// <para>The columns are <c>file,row,offset,column,code,value,expected,also,record</c>; the text is written as in
/// <see cref="CsvTable"/>, and what was not UTF-8 is U+FFFD. While the run lasts the file is called
/// <c>.partial</c>; when nothing was rejected there is no file. What a killed run left is removed by the next.</para>
/// <para>Safe for several threads. Every block from 0 on must be appended exactly once, also when it has no rows.</para>
/// </remarks>
public sealed class QuarantineWriter : IDisposable
{
    /// <summary>How far a worker may be ahead of the block that is to be written next, before it waits: the
    /// buffers in between are all the memory that the quarantine needs.</summary>
    internal const int MostAhead = 8;

    /// <summary>The end of the name of what is not in place yet; a run that opens a quarantine removes what others left.</summary>
    internal const string PartialSuffix = ".partial";

    private readonly object _gate = new();
    private readonly Func<Stream> _open;
    private readonly string _path;
    private readonly QuarantineBuffer?[] _pending = new QuarantineBuffer?[MostAhead];
    private readonly Stack<QuarantineBuffer> _spare = new();
    private Stream? _output;
    private Exception? _failure;
    private long _next;
    private bool _writing;
    private bool _completed;
    private bool _disposed;

    /// <summary>Writes to any stream, opened at the first rejected row.</summary>
    internal QuarantineWriter(string path, Func<Stream> open)
    {
        _path = path;
        _open = open;
    }

    /// <summary>How many rows were written. Read it when the workers are done.</summary>
    public long Rows { get; private set; }

    /// <summary>Opens a table's quarantine for a run.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Ends the waiting for another run that begins.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="ArgumentException">The table or run is not a plain folder name.</exception>
    /// <exception cref="StoreException">The folder cannot be made.</exception>
    public static QuarantineWriter Open(AssayHome home, string table, string runId, CancellationToken cancellationToken = default)
    {
        string folder = home.Quarantine(table);
        string path = Path.Combine(folder, AssayHome.Plain(runId) + ".csv");
        try
        {
            Directory.CreateDirectory(folder);
            using FileLock guard = FileLock.OfFolder(folder, cancellationToken);
            foreach (string partial in Directory.GetFiles(folder, "*" + PartialSuffix))
            {
                using FileLock? free = FileLock.TryTake(partial);
                if (free is not null)
                {
                    File.Delete(partial);
                }
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }

        return new QuarantineWriter(path, () => OpenPartial(folder, path + PartialSuffix, cancellationToken));
    }

    /// <summary>Takes in a block's rejected rows. May wait until slower workers have handed in earlier blocks.</summary>
    /// <param name="block">The block's place in reading order, from 0.</param>
    /// <param name="buffer">Its rows; the buffer now belongs to the writer.</param>
    /// <returns>An empty buffer for the worker's next block.</returns>
    /// <exception cref="StoreException">The file cannot be written, for this worker or for another.</exception>
    /// <exception cref="OperationCanceledException">Another worker called <see cref="Fail"/>; its exception is the inner one.</exception>
    public QuarantineBuffer Append(long block, QuarantineBuffer buffer)
    {
        lock (_gate)
        {
            while (_failure is null && block >= _next + MostAhead)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfFailed();
            ref QuarantineBuffer? slot = ref _pending[block % MostAhead];
            if (block < _next || slot is not null)
            {
                throw new ArgumentException($"Block {block} was appended before.", nameof(block));
            }

            slot = buffer;
            if (!_writing && block == _next)
            {
                WriteReady();
            }

            return _spare.TryPop(out QuarantineBuffer? spare) ? spare : new QuarantineBuffer();
        }
    }

    /// <summary>Lets waiting workers go, because one of them cannot go on and its blocks will never come.</summary>
    /// <param name="cause">Why it cannot.</param>
    public void Fail(Exception cause)
    {
        lock (_gate)
        {
            _failure ??= cause;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Puts the file in place. Call it once, when every block was appended.</summary>
    /// <returns>The file, or null when no row was rejected.</returns>
    /// <exception cref="InvalidOperationException">A block before the last one is missing.</exception>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public string? Complete()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed || _completed, this);
            ThrowIfFailed();
            if (_writing || Array.Exists(_pending, buffer => buffer is not null))
            {
                throw new InvalidOperationException($"Block {_next} was never appended.");
            }

            if (_output is null)
            {
                _completed = true;
                return null;
            }

            try
            {
                (_output as UncachedFile)?.Complete();
                _output.Dispose();
                File.Move(_path + PartialSuffix, _path, overwrite: true);
                _completed = true;
                Durable.SyncFolder(Path.GetDirectoryName(_path)!);
            }
            catch (Exception e) when (StoreException.Explains(e))
            {
                StoreException failure = StoreException.For(_path, e);
                _failure = failure;
                throw failure;
            }

            return _path;
        }
    }

    /// <summary>Closes the file; one that was not completed is removed.</summary>
    public void Dispose()
    {
        Fail(new ObjectDisposedException(nameof(QuarantineWriter)));
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            while (_writing)
            {
                Monitor.Wait(_gate);
            }

            _output?.Dispose();
            if (_output is not null && !_completed)
            {
                File.Delete(_path + PartialSuffix);
            }
        }
    }

    private static UncachedFile OpenPartial(string folder, string partial, CancellationToken cancellationToken)
    {
        // Made under the folder's lock, so that no other run takes it for one that was left behind.
        using FileLock guard = FileLock.OfFolder(folder, cancellationToken);
        return new UncachedFile(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    /// <summary>Writes all blocks that are next in turn. The file is written without holding the gate: others
    /// may hand in their blocks meanwhile.</summary>
    private void WriteReady()
    {
        _writing = true;
        while (_failure is null && _pending[_next % MostAhead] is { } buffer)
        {
            if (buffer.Rows > 0)
            {
                Monitor.Exit(_gate);
                Exception? failure = TryWrite(buffer);
                Monitor.Enter(_gate);
                _failure ??= failure;
                Rows += failure is null ? buffer.Rows : 0;
            }

            _pending[_next % MostAhead] = null;
            buffer.Clear();
            _spare.Push(buffer);
            _next++;
            Monitor.PulseAll(_gate);
        }

        _writing = false;
        Monitor.PulseAll(_gate);
        ThrowIfFailed();
    }

    private Exception? TryWrite(QuarantineBuffer buffer)
    {
        try
        {
            if (_output is null)
            {
                _output = _open();
                _output.Write(Encoding.UTF8.GetBytes(QuarantineFolder.Header + "\n"));
            }

            _output.Write(buffer.Bytes);
            return null;
        }
        catch (Exception e)
        {
            return StoreException.Explains(e) ? StoreException.For(_path, e) : e;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is StoreException cause)
        {
            throw new StoreException(cause.Path, cause.Message, cause);
        }

        if (_failure is not null)
        {
            throw new OperationCanceledException("Another worker failed.", _failure);
        }
    }
}
