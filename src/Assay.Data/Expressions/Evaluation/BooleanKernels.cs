using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>Loops over flags and over 0/1 cells.</summary>
internal static class BooleanKernels
{
    /// <summary>Sets the flags that are set in another array.</summary>
    [MethodImpl(Kernel.Hot)]
    public static void Or(bool[] into, bool[] from, int count)
    {
        ref byte target = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetArrayDataReference(into));
        ref byte source = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetArrayDataReference(from));
        int row = 0;
        for (; row <= count - Vector256<byte>.Count; row += Vector256<byte>.Count)
        {
            (Vector256.LoadUnsafe(ref target, (nuint)row) | Vector256.LoadUnsafe(ref source, (nuint)row))
                .StoreUnsafe(ref target, (nuint)row);
        }

        for (; row < count; row++)
        {
            into[row] |= from[row];
        }
    }
}
