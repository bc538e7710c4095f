using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Assay.Store;

/// <summary>The system's SQLite, loaded when it is first needed.</summary>
internal static class SqliteLibrary
{
    /// <summary>The first version with tables whose columns hold what they declare (STRICT): 3.37.</summary>
    private const int OldestVersion = 3_037_000;

    private static readonly Lock Gate = new();
    private static bool _isReady;

    /// <summary>What the system's library is called, best first.</summary>
    private static string[] Names =>
        OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    /// <summary>Makes sure that SQLite can be used.</summary>
    /// <param name="path">The database that it is needed for.</param>
    /// <exception cref="StoreException">It is not installed, or too old.</exception>
    public static void Require(string path)
    {
        lock (Gate)
        {
            if (_isReady)
            {
                return;
            }

            nint library = Load(Names, path);
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => library);
            NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, (name, _, _) => name == SqliteNative.Library ? library : 0);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            RequireVersion(raw.sqlite3_libversion_number(), path);
            _isReady = true;
        }
    }

    /// <summary>Loads the first library that there is.</summary>
    internal static nint Load(string[] names, string path)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out nint library))
            {
                return library;
            }
        }

        throw new StoreException(path, $"SQLite is needed for {path}, but its library ({names[0]}) is not installed; "
            + "install it (Debian and Ubuntu: apt-get install libsqlite3-0; Fedora: dnf install sqlite-libs; Alpine: apk add sqlite-libs), then run again");
    }

    /// <summary>Refuses a library that lacks what the tables need.</summary>
    internal static void RequireVersion(int version, string path)
    {
        if (version < OldestVersion)
        {
            throw new StoreException(path, $"SQLite {version / 1_000_000}.{version / 1_000 % 1_000} is installed, but {path} needs 3.37 or newer; update it, then run again");
        }
    }
}
