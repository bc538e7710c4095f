using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>One of the six comparisons.</summary>
internal interface IComparison
{
    static abstract bool Holds(long a, long b);

    static abstract Vector256<long> Holds(Vector256<long> a, Vector256<long> b);
}

internal readonly struct EqualTo : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a == b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.Equals(a, b);
}

internal readonly struct NotEqualTo : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a != b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => ~Vector256.Equals(a, b);
}

internal readonly struct LessThan : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a < b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.LessThan(a, b);
}

internal readonly struct LessThanOrEqualTo : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a <= b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.LessThanOrEqual(a, b);
}

internal readonly struct GreaterThan : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a > b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.GreaterThan(a, b);
}

internal readonly struct GreaterThanOrEqualTo : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(long a, long b) => a >= b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.GreaterThanOrEqual(a, b);
}
