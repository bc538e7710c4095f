using System.Globalization;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Where a run works on its tables before it writes them: a database in memory that may spill into a
/// folder of its own.</summary>
public sealed class SilverWorkspace : IDisposable
{
    private const string Prefix = "silver-";
    private const string LockSuffix = ".lock";
    private const long LeastCollected = 16 << 20;

    private readonly FileLock _lock;
    private readonly string _folder;
    private long _held;
    private long _released;
    private int _loads;

    private SilverWorkspace(AssayHome home, string runId, int threads, long memory, string folder, FileLock folderLock, DuckDbDatabase database)
    {
        MemoryLimit = memory;
        RowRoom = memory / 2;
        Home = home;
        RunId = runId;
        Threads = threads;
        _folder = folder;
        _lock = folderLock;
        Database = database;
    }

    /// <summary>Where the data lies.</summary>
    public AssayHome Home { get; }

    internal string RunId { get; }

    internal int Threads { get; }

    internal DuckDbDatabase Database { get; }

    /// <summary>The bytes that its database may hold in memory before it spills.</summary>
    internal long MemoryLimit { get; }

    /// <summary>The memory that rows may take before they go to the database.</summary>
    internal long RowRoom { get; set; }

    /// <summary>The bytes of rows that a sink moves at a time once the database has those before them.</summary>
    internal long SpillBytes { get; set; } = 4 << 20;

    /// <summary>Whether rows have outgrown it.</summary>
    internal bool IsFull => Interlocked.Read(ref _held) > RowRoom;

    /// <summary>Counts memory that rows take, or give back when it is negative.</summary>
    internal void Hold(long bytes) => Interlocked.Add(ref _held, bytes);

    /// <summary>Gives the memory of rows that went to the database back to the system when it is much: the database may now fill it.</summary>
    /// <param name="bytes">The memory.</param>
    internal void LetGo(long bytes)
    {
        long most = Math.Max(RowRoom / 2, LeastCollected);
        if (Interlocked.Add(ref _released, bytes) >= most && Interlocked.Exchange(ref _released, 0) >= most)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Opens one, and removes what runs left behind that were killed.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="runId">The run, which no other shares.</param>
    /// <param name="threads">How many threads merging may use; 0 is one for each core.</param>
    /// <param name="memoryLimit">The bytes its database may hold in memory before it spills; 0 for most of the
    /// machine's. Rows that wait outside of it take half as much at most.</param>
    /// <returns>The workspace.</returns>
    /// <exception cref="StoreException">Its folder could not be made, or DuckDB's library is missing.</exception>
    public static SilverWorkspace Open(AssayHome home, string runId, int threads = 0, long memoryLimit = 0)
    {
        string folder = Path.Combine(home.Temporary, Prefix + AssayHome.Plain(runId));
        try
        {
            Directory.CreateDirectory(home.Temporary);
            Sweep(home);
            // The lock is there before the folder is: whoever sweeps finds a folder that is guarded, or none.
            FileLock taken = FileLock.TryTake(folder + LockSuffix)
                ?? throw new StoreException(folder, $"another process works in {folder}; end it, then run again");
            int most = threads > 0 ? threads : Environment.ProcessorCount;
            try
            {
                Directory.CreateDirectory(folder);
                long memory = memoryLimit > 0 ? memoryLimit : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
                return new SilverWorkspace(home, runId, most, memory, folder, taken, DuckDbDatabase.Open(
                    path: null,
                    new DuckDbOptions { Threads = most, MemoryLimit = memoryLimit, TempFolder = folder }));
            }
            catch
            {
                Delete(folder, taken);
                throw;
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(folder, e.Message, e);
        }
    }

    /// <summary>Drops everything that was not merged, and the folder.</summary>
    /// <exception cref="StoreException">The folder could not be removed; the next run tries again.</exception>
    public void Dispose()
    {
        Database.Dispose();
        try
        {
            Delete(_folder, _lock);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(_folder, e);
        }
    }

    /// <summary>A prefix for a load's tables that no other load has.</summary>
    internal string NextPrefix() => string.Create(CultureInfo.InvariantCulture, $"load{Interlocked.Increment(ref _loads)}_");

    /// <summary>A killed run's lock is free: the system let go of it.</summary>
    private static void Sweep(AssayHome home)
    {
        foreach (string path in Directory.EnumerateFiles(home.Temporary, Prefix + "*" + LockSuffix))
        {
            if (FileLock.TryTake(path) is { } taken)
            {
                Delete(path[..^LockSuffix.Length], taken);
            }
        }
    }

    private static void Delete(string folder, FileLock taken)
    {
        using (taken)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        File.Delete(folder + LockSuffix);
    }
}
