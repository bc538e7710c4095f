using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>A kernel's operand: cells of a vector or one constant, so that each kernel is written once.</summary>
internal interface IOperand
{
    long At(int row);

    Vector256<long> FourAt(int row);
}

/// <summary>The cells of a vector. The caller keeps rows within the array.</summary>
internal readonly struct CellOperand(long[] values) : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long At(int row) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> FourAt(int row) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)row);
}

/// <summary>The same value in every row.</summary>
internal readonly struct ScalarOperand(long value) : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long At(int row) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> FourAt(int row) => Vector256.Create(value);
}

/// <summary>The cells of a vector times a factor. The caller knows that the products fit.</summary>
internal readonly struct ScaledOperand(long[] values, long factor) : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long At(int row) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), row) * factor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> FourAt(int row) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)row) * factor;
}
