using System.Runtime.InteropServices;

namespace Assay.DuckDb.Native;

/// <summary>The C API's <c>duckdb_result</c>: 48 bytes, passed by value where chunks are fetched.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly nint _columns;
    private readonly nint _errorMessage;
    private readonly nint _data;
}
