using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Data;

/// <summary>A fast hash of short byte strings for tables that live within one process.</summary>
/// <remarks>Eight bytes at a time through a multiply and fold (the mixing step of wyhash, public domain). It is
/// not meant to withstand chosen collisions: the tables that use it are bounded, and compare the bytes.</remarks>
public static class ByteHash
{
    private const ulong First = 0xa0761d6478bd642fUL;
    private const ulong Second = 0xe7037ed1a0b428dbUL;

    /// <summary>Hashes bytes.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <returns>A 32-bit hash.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int length = bytes.Length;
        ulong a;
        ulong b;
        ulong seed = First;
        if (length <= 16)
        {
            if (length >= 8)
            {
                a = Unsafe.ReadUnaligned<ulong>(ref start);
                b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
            }
            else if (length >= 4)
            {
                a = Unsafe.ReadUnaligned<uint>(ref start);
                b = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
            }
            else if (length > 0)
            {
                a = ((ulong)start << 16) | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | Unsafe.Add(ref start, length - 1);
                b = 0;
            }
            else
            {
                a = 0;
                b = 0;
            }
        }
        else
        {
            seed = Long(ref start, length);
            a = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 16));
            b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        }

        ulong mixed = Mix(a ^ Second, b ^ seed ^ (ulong)length);
        return (uint)(mixed ^ (mixed >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static ulong Long(ref byte start, int length)
    {
        ulong seed = First;
        for (int i = 0; i + 16 < length; i += 16)
        {
            seed = Mix(
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)) ^ Second,
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i + 8)) ^ seed);
        }

        return BitOperations.RotateLeft(seed, 17);
    }
}
