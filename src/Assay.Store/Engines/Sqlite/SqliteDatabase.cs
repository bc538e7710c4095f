using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>An open SQLite file. One thread uses it at a time; only <see cref="Interrupt"/> may come from another.</summary>
internal sealed unsafe class SqliteDatabase : IDisposable
{
    private const string Engine = "sqlite";
    private readonly string _path;
    private readonly Lock _gate = new();
    private nint _handle;

    private SqliteDatabase(string path, nint handle)
    {
        _path = path;
        _handle = handle;
    }

    /// <summary>The library's version.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)SqliteNative.Version())!;

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => SqliteNative.IsOutsideTransaction(Handle) == 0;

    /// <summary>How many rows the last statement changed.</summary>
    public long Changes => SqliteNative.Changes(Handle);

    /// <summary>The number of the row that was added last.</summary>
    public long LastRow => SqliteNative.LastRow(Handle);

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>Opens a file, made when it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long another program's transaction is waited for.</param>
    /// <param name="isReading">Whether nothing is to be changed.</param>
    /// <exception cref="EngineException">It cannot be opened, or is no database.</exception>
    public static SqliteDatabase Open(string path, TimeSpan patience, bool isReading = false)
    {
        try
        {
            SqliteLibrary.Require(path);
        }
        catch (StoreException e)
        {
            throw new EngineException(Engine, e.Message, e);
        }

        int code = SqliteNative.Open(path, out nint handle, SqliteNative.OpenFlags, 0);
        var database = new SqliteDatabase(path, handle);
        try
        {
            database.Check(code);
            database.Check(SqliteNative.BusyTimeout(handle, (int)Math.Min(patience.TotalMilliseconds, int.MaxValue)));
            if (isReading)
            {
                database.Execute("PRAGMA query_only = ON");
            }
            else
            {
                // Readers and the writer never wait for one another, and a commit is whole even after a power failure.
                database.Execute("PRAGMA journal_mode = WAL");
                database.Execute("PRAGMA synchronous = NORMAL");
                database.Execute("PRAGMA foreign_keys = ON");
            }

            // Sorting and indexing large tables: 64 MiB, in units of -1 KiB.
            database.Execute("PRAGMA cache_size = -65536");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement without parameters to its end.</summary>
    /// <exception cref="EngineException">SQLite refuses.</exception>
    public void Execute(string sql)
    {
        using var statement = new SqliteStatement(this, sql);
        while (statement.Step())
        {
        }
    }

    /// <summary>Ends the statement that runs, if one does. May be called from any thread.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_handle != 0)
            {
                SqliteNative.Interrupt(_handle);
            }
        }
    }

    /// <summary>Throws what a code means, unless it is success.</summary>
    public void Check(int code)
    {
        if (code != SqliteNative.Ok)
        {
            throw Failure(code);
        }
    }

    /// <summary>What a code means.</summary>
    public EngineException Failure(int code)
    {
        string said = _handle == 0 ? "out of memory" : Marshal.PtrToStringUTF8((nint)SqliteNative.ErrorMessage(_handle)) ?? "";
        string message = (code & 0xff) switch
        {
            SqliteNative.Busy or SqliteNative.Locked => $"another program keeps {_path} busy; end it, then run again",
            SqliteNative.ReadOnly or SqliteNative.CannotOpen => $"{_path} cannot be opened or written ({said}); change its permissions, or take another file",
            SqliteNative.Full => $"no space is left for {_path}; free some, then run again",
            SqliteNative.Corrupt or SqliteNative.NotADatabase => $"{_path} is damaged or no SQLite database ({said}); move it away, then run again, which loads everything anew",
            _ when said == "integer overflow" => $"{_path}: a number outgrew 64 bits, or date_add left the years 1 to 9999 ({said})",
            _ => string.Create(CultureInfo.InvariantCulture, $"{_path}: {said}"),
        };
        return new EngineException(Engine, message) { IsTransient = (code & 0xff) is SqliteNative.Busy or SqliteNative.Locked };
    }

    /// <summary>Closes it; a transaction that is open is undone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_handle != 0)
            {
                _ = SqliteNative.Close(_handle);
                _handle = 0;
            }
        }
    }
}
