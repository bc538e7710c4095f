using System.Runtime.InteropServices;

namespace Assay.DuckDb;

/// <summary>Compresses by Zstandard, with the copy of it that DuckDB's library holds. Not safe for several threads.</summary>
public sealed unsafe partial class ZstandardCompressor : IDisposable
{
    private const string Library = "duckdb";

    /// <summary>Results above this are errors: Zstandard tells them as small negative numbers.</summary>
    private static readonly nuint LeastError = unchecked((nuint)(nint)(-128));

    private nint _context;

    private ZstandardCompressor(nint context) => _context = context;

    /// <summary>Makes a compressor.</summary>
    /// <returns>It, or null where DuckDB's library does not lend its own: its C API does not promise that, and on some systems it is hidden.</returns>
    public static ZstandardCompressor? TryCreate()
    {
        try
        {
            nint context = CreateContext();
            return context == 0 ? null : new ZstandardCompressor(context);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>The most bytes that so many become.</summary>
    /// <param name="bytes">How many bytes are to be compressed.</param>
    /// <returns>The room that <see cref="Compress"/> needs.</returns>
    public static int Bound(int bytes) => bytes + (bytes >> 8) + 512;

    /// <summary>Compresses bytes into one frame.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="level">From 1, the fastest.</param>
    /// <param name="into">Gets the frame; <see cref="Bound"/> bytes of room are enough.</param>
    /// <returns>The frame's bytes.</returns>
    /// <exception cref="DuckDbException">There was not room enough, or no memory.</exception>
    public int Compress(ReadOnlySpan<byte> bytes, int level, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        fixed (byte* source = bytes)
        fixed (byte* target = into)
        {
            nuint length = CompressFrame(_context, target, (nuint)into.Length, source, (nuint)bytes.Length, level);
            return length < LeastError ? (int)length : throw new DuckDbException($"{bytes.Length} bytes could not be compressed.");
        }
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        if (_context != 0)
        {
            _ = FreeContext(_context);
            _context = 0;
        }
    }

    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd15ZSTD_createCCtxEv")]
    private static partial nint CreateContext();

    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd13ZSTD_freeCCtxEPNS_11ZSTD_CCtx_sE")]
    private static partial nuint FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd17ZSTD_compressCCtxEPNS_11ZSTD_CCtx_sEPvmPKvmi")]
    private static partial nuint CompressFrame(nint context, byte* target, nuint room, byte* source, nuint bytes, int level);
}
