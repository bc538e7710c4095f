using System.Globalization;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A DuckDB instance inside this process: in memory, or over a database file.</summary>
/// <remarks>The first use loads the native library (some 70 MB of address space); until then it costs nothing.
/// Connections may be made from several threads, each used by one at a time.</remarks>
public sealed class DuckDbDatabase : IDisposable
{
    private nint _database;

    private DuckDbDatabase(nint database) => _database = database;

    /// <summary>The native library's version, as it writes it.</summary>
    /// <exception cref="DuckDbException">The library is missing.</exception>
    public static unsafe string LibraryVersion => Loading(() => NativeMethods.Text(NativeMethods.LibraryVersion()));

    /// <summary>Opens a database.</summary>
    /// <param name="path">Its file, made when it is missing; null for one in memory.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <returns>The open database.</returns>
    /// <exception cref="DuckDbException">The library is missing, the file is no database, or an option is refused.</exception>
    public static DuckDbDatabase Open(string? path = null, DuckDbOptions? options = null) =>
        Loading(() => OpenLoaded(path, options ?? new DuckDbOptions()));

    /// <summary>Makes a connection, which runs one statement at a time.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="DuckDbException">It could not be made.</exception>
    public DuckDbConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_database == 0, this);
        return NativeMethods.Connect(_database, out nint connection) == 0
            ? new DuckDbConnection(connection)
            : throw new DuckDbException("DuckDB gave no connection.");
    }

    /// <summary>Closes it. Connections that are still open keep it alive until they end.</summary>
    public void Dispose()
    {
        if (_database != 0)
        {
            NativeMethods.Close(ref _database);
            _database = 0;
        }
    }

    private static unsafe DuckDbDatabase OpenLoaded(string? path, DuckDbOptions options)
    {
        if (NativeMethods.CreateConfig(out nint config) != 0)
        {
            throw new DuckDbException("DuckDB gave no configuration.");
        }

        try
        {
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            // Files are read once; keeping their bytes would let memory grow with them.
            Set(config, "enable_external_file_cache", "false");
            Set(config, "temp_directory", options.TempFolder ?? "");
            if (options.IsReadOnly)
            {
                Set(config, "access_mode", "READ_ONLY");
            }

            if (options.Threads > 0)
            {
                Set(config, "threads", options.Threads.ToString(CultureInfo.InvariantCulture));
            }

            if (options.MemoryLimit > 0)
            {
                Set(config, "memory_limit", string.Create(CultureInfo.InvariantCulture, $"{options.MemoryLimit}B"));
            }

            if (NativeMethods.Open(path, out nint database, config, out byte* error) != 0)
            {
                string message = NativeMethods.Text(error);
                NativeMethods.Free(error);
                throw new DuckDbException($"{path ?? "a database in memory"} could not be opened: {message}");
            }

            return new DuckDbDatabase(database);
        }
        finally
        {
            NativeMethods.DestroyConfig(ref config);
        }
    }

    private static void Set(nint config, string name, string value)
    {
        if (NativeMethods.SetConfig(config, name, value) != 0)
        {
            throw new DuckDbException($"DuckDB refused the option {name} = '{value}'.");
        }
    }

    private static T Loading<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new DuckDbException(
                $"DuckDB's library cannot be loaded from {AppContext.BaseDirectory}: build Assay again on this machine ({e.Message})",
                sql: null,
                e);
        }
    }
}
