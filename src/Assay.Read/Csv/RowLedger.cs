using System.Runtime.ExceptionServices;

namespace Assay.Read;

/// <summary>
/// Numbers the records: a block's first number is known once all blocks before it were counted, which workers do
/// out of order. A worker that fails ends the wait of the others.
/// </summary>
internal class RowLedger
{
    private readonly object _changed = new();
    private readonly Dictionary<long, Entry> _counted = [];
    private long _next;
    private long _row = 1;
    private int _file;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Enters a block's count, and waits for its first number.</summary>
    /// <param name="block">The block's number in reading order.</param>
    /// <param name="file">Its file: numbers begin at 1 in each.</param>
    /// <param name="rows">Its records.</param>
    /// <param name="entry">The worker's own entry, free to use again afterwards.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The number of the block's first record.</returns>
    public long Enter(long block, int file, int rows, Entry entry, CancellationToken cancellation)
    {
        lock (_changed)
        {
            entry.File = file;
            entry.Rows = rows;
            entry.First = 0;
            _counted.Add(block, entry);
            while (_counted.Remove(_next, out Entry? ready))
            {
                if (ready.File != _file)
                {
                    _file = ready.File;
                    _row = 1;
                }

                Count(ready);
                ready.First = _row;
                _row += ready.Rows;
                _next++;
            }

            Monitor.PulseAll(_changed);
            if (entry.First == 0)
            {
                Wait(entry, cancellation);
            }

            return entry.First;
        }
    }

    /// <summary>Ends all waiting, now and later, with an error.</summary>
    /// <param name="error">What a worker met.</param>
    public void Fail(Exception error)
    {
        lock (_changed)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
            Monitor.PulseAll(_changed);
        }
    }

    /// <summary>Throws what another worker met, if one failed.</summary>
    public void ThrowIfFailed()
    {
        lock (_changed)
        {
            _failure?.Throw();
        }
    }

    /// <summary>Starts again at the first block.</summary>
    public virtual void Reset()
    {
        lock (_changed)
        {
            _counted.Clear();
            _next = 0;
            _row = 1;
            _file = 0;
            _failure = null;
        }
    }

    /// <summary>The number that the next entry's first record has.</summary>
    protected long FirstRow => _row;

    /// <summary>Called for each entry in reading order, one at a time, before its rows are numbered; may lower their number.</summary>
    /// <param name="ready">The entry.</param>
    protected virtual void Count(Entry ready)
    {
    }

    private void Wait(Entry entry, CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(
            static ledger => ((RowLedger)ledger!).Wake(), this);
        while (entry.First == 0)
        {
            _failure?.Throw();
            cancellation.ThrowIfCancellationRequested();
            Monitor.Wait(_changed);
        }
    }

    private void Wake()
    {
        lock (_changed)
        {
            Monitor.PulseAll(_changed);
        }
    }

    /// <summary>One worker's count.</summary>
    internal class Entry
    {
        /// <summary>The block's file.</summary>
        public int File { get; set; }

        /// <summary>The block's records.</summary>
        public int Rows { get; set; }

        /// <summary>The number of its first record, 0 until known.</summary>
        public long First { get; set; }
    }
}
