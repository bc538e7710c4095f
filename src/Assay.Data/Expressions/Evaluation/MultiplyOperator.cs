using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>Multiplies numbers; the scales add up. A constant stands on the right.</summary>
internal sealed class MultiplyOperator(EvaluationContext context, ColumnType type, VectorOperator left, VectorOperator right)
    : ComputedOperator(context, type, left, right)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector a = Inputs[0].Current;
        Vector b = Inputs[1].Current;
        if (a.IsWide || b.IsWide || !TryNarrow(a.Values, b.Values, count))
        {
            FillWide(a, b, count);
        }
    }

    private bool TryNarrow(long[] a, long[] b, int count)
    {
        // With m bits besides the sign a factor lies in -2^m to 2^m - 1, so a product reaches 2^(m + n) at most, and most
        // batches need no check by row.
        bool constant = Inputs[1] is ConstantOperator;
        bool fits = Magnitude.Bits(a, count) + Magnitude.Bits(b, constant ? Math.Min(count, 1) : count) <= 62;
        return constant ? Multiply(a, new ScalarOperand(b[0]), count, fits) : Multiply(a, new CellOperand(b), count, fits);
    }

    [MethodImpl(Kernel.Hot)]
    private bool Multiply<TRight>(long[] a, TRight right, int count, bool fits)
        where TRight : struct, IOperand
    {
        ref long left = ref MemoryMarshal.GetArrayDataReference(a);
        long[] result = Result.Values;
        int row = 0;
        if (fits)
        {
            for (; row <= count - 4; row += 4)
            {
                (Vector256.LoadUnsafe(ref left, (nuint)row) * right.FourAt(row)).StoreUnsafe(ref result[0], (nuint)row);
            }

            for (; row < count; row++)
            {
                result[row] = unchecked(a[row] * right.At(row));
            }

            return true;
        }

        for (; row < count; row++)
        {
            long high = Math.BigMul(a[row], right.At(row), out long low);
            if (high != low >> 63)
            {
                return false;
            }

            result[row] = low;
        }

        return true;
    }

    private void FillWide(Vector a, Vector b, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            if (Wide.TryMultiply(a.Get(row), b.Get(row), out Int128 product))
            {
                Store(row, product);
            }
            else
            {
                SetOverflow(row);
            }
        }
    }
}
