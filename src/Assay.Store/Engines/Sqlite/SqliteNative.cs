using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>
/// The functions of SQLite's C API that the engine uses; <see cref="SqliteLibrary"/> loads the library. The engine calls them
/// itself since its rows are UTF-8 and many: the ADO.NET driver goes through UTF-16, ends texts at a NUL byte and cannot
/// end a statement.
/// </summary>
/// <remarks>Calls that only look at or set a value do not tell the garbage collector: they take some nanoseconds.</remarks>
internal static unsafe partial class SqliteNative
{
    /// <summary>What the imports call the library.</summary>
    public const string Library = "sqlite3";

    // Result codes, https://www.sqlite.org/rescode.html.
    public const int Ok = 0;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int Interrupted = 9;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;
    public const int Row = 100;
    public const int Done = 101;

    // Types of cells, https://www.sqlite.org/c3ref/c_blob.html.
    public const int Integer = 1;
    public const int Real = 2;
    public const int Text = 3;
    public const int Null = 5;

    /// <summary>Read, write, make the file, and one thread at a time, which the engine sees to.</summary>
    public const int OpenFlags = 0x2 | 0x4 | 0x8000;

    /// <summary>Tells SQLite to copy a text.</summary>
    public static readonly nint Transient = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_libversion")]
    internal static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "sqlite3_open_v2", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, out nint database, int flags, nint vfs);

    [LibraryImport(Library, EntryPoint = "sqlite3_close_v2")]
    internal static partial int Close(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    internal static partial int BusyTimeout(nint database, int milliseconds);

    [LibraryImport(Library, EntryPoint = "sqlite3_interrupt")]
    internal static partial void Interrupt(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    internal static partial byte* ErrorMessage(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_changes64")]
    internal static partial long Changes(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_last_insert_rowid")]
    internal static partial long LastRow(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_get_autocommit")]
    internal static partial int IsOutsideTransaction(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2")]
    internal static partial int Prepare(nint database, byte* sql, int bytes, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    internal static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    internal static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    internal static partial int Finish(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_count")]
    internal static partial int ColumnCount(nint statement);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    internal static partial int Bind(nint statement, int parameter, long value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    internal static partial int BindNull(nint statement, int parameter);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    internal static partial int Bind(nint statement, int parameter, byte* text, int bytes, nint destructor);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    internal static partial int CellType(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    internal static partial long Number(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    internal static partial byte* CellText(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    internal static partial int CellBytes(nint statement, int column);
}
