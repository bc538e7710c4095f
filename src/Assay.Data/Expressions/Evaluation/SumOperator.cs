using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>Adds or subtracts numbers of one scale.</summary>
internal sealed class SumOperator<TSum>(EvaluationContext context, ColumnType type, VectorOperator left, VectorOperator right)
    : ComputedOperator(context, type, left, right)
    where TSum : struct, ISum
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
        if (Inputs[0] is ConstantOperator)
        {
            return TryNarrow(new ScalarOperand(a[0]), new CellOperand(b), count);
        }

        return Inputs[1] is ConstantOperator
            ? TryNarrow(new CellOperand(a), new ScalarOperand(b[0]), count)
            : TryNarrow(new CellOperand(a), new CellOperand(b), count);
    }

    [MethodImpl(Kernel.Hot)]
    private bool TryNarrow<TLeft, TRight>(TLeft left, TRight right, int count)
        where TLeft : struct, IOperand
        where TRight : struct, IOperand
    {
        long[] result = Result.Values;
        Vector256<long> escaped = default;
        int row = 0;
        for (; row <= count - 4; row += 4)
        {
            Vector256<long> a = left.FourAt(row);
            Vector256<long> b = right.FourAt(row);
            Vector256<long> sum = TSum.Of(a, b);
            escaped |= TSum.Escape(a, b, sum);
            sum.StoreUnsafe(ref result[0], (nuint)row);
        }

        long rest = 0;
        for (; row < count; row++)
        {
            long a = left.At(row);
            long b = right.At(row);
            long sum = TSum.Of(a, b);
            rest |= TSum.Escape(a, b, sum);
            result[row] = sum;
        }

        return rest >= 0 && escaped.ExtractMostSignificantBits() == 0;
    }

    private void FillWide(Vector a, Vector b, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            if (TSum.TryOf(a.Get(row), b.Get(row), out Int128 sum))
            {
                Store(row, sum);
            }
            else
            {
                SetOverflow(row);
            }
        }
    }
}
