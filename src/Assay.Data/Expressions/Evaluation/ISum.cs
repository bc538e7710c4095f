using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>Addition or subtraction. The sign bit of <c>Escape</c> tells that the result left 64 bits.</summary>
internal interface ISum
{
    static abstract long Of(long a, long b);

    static abstract long Escape(long a, long b, long result);

    static abstract Vector256<long> Of(Vector256<long> a, Vector256<long> b);

    static abstract Vector256<long> Escape(Vector256<long> a, Vector256<long> b, Vector256<long> result);

    static abstract bool TryOf(Int128 a, Int128 b, out Int128 result);
}

internal readonly struct Addition : ISum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(long a, long b) => unchecked(a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Escape(long a, long b, long result) => (a ^ result) & (b ^ result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Of(Vector256<long> a, Vector256<long> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Escape(Vector256<long> a, Vector256<long> b, Vector256<long> result) => (a ^ result) & (b ^ result);

    public static bool TryOf(Int128 a, Int128 b, out Int128 result) => Wide.TryAdd(a, b, out result);
}

internal readonly struct Subtraction : ISum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(long a, long b) => unchecked(a - b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Escape(long a, long b, long result) => (a ^ b) & (a ^ result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Of(Vector256<long> a, Vector256<long> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Escape(Vector256<long> a, Vector256<long> b, Vector256<long> result) => (a ^ b) & (a ^ result);

    public static bool TryOf(Int128 a, Int128 b, out Int128 result) => Wide.TrySubtract(a, b, out result);
}
