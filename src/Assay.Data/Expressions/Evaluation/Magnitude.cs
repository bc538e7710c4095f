using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>How large the cells of a batch are, so that one look clears a loop of checks by row.</summary>
internal static class Magnitude
{
    /// <summary>The bits, besides the sign, of the largest cell: with n of them all lie in -2^n to 2^n - 1.</summary>
    [MethodImpl(Kernel.Hot)]
    public static int Bits(long[] values, int count)
    {
        ref long start = ref MemoryMarshal.GetArrayDataReference(values);
        Vector256<long> four = default;
        int row = 0;
        for (; row <= count - 4; row += 4)
        {
            Vector256<long> value = Vector256.LoadUnsafe(ref start, (nuint)row);
            four |= value ^ (value >> 63);
        }

        long any = four[0] | four[1] | four[2] | four[3];
        for (; row < count; row++)
        {
            any |= values[row] ^ (values[row] >> 63);
        }

        return 64 - BitOperations.LeadingZeroCount((ulong)any);
    }
}
