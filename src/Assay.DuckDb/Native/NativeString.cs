using System.Runtime.InteropServices;

namespace Assay.DuckDb.Native;

/// <summary>
/// The C API's <c>duckdb_string_t</c>, 16 bytes: a length, then either up to 12 bytes of text, zero-padded, or the
/// first 4 bytes and a pointer to all of them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeString
{
    /// <summary>The longest text that lies in the struct itself.</summary>
    public const int MostInlined = 12;

    /// <summary>The text's bytes.</summary>
    [FieldOffset(0)]
    public uint Length;

    /// <summary>The text's first bytes; all of them when <see cref="Length"/> is at most <see cref="MostInlined"/>.</summary>
    [FieldOffset(4)]
    public fixed byte Inlined[MostInlined];

    /// <summary>Where a longer text lies.</summary>
    [FieldOffset(8)]
    public byte* Pointer;
}
