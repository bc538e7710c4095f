using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary><c>and</c> and <c>or</c> in Kleene's three-valued logic: what one side settles, a null on the other does not unsettle.</summary>
internal sealed class LogicOperator(EvaluationContext context, VectorOperator left, VectorOperator right, bool isAnd)
    : ComputedOperator(context, ColumnType.Boolean, left, right)
{
    protected override void Fill(int count)
    {
        Vector a = Inputs[0].Current;
        Vector b = Inputs[1].Current;
        if (a.HasNulls || b.HasNulls)
        {
            FillWithNulls(a, b, count);
        }
        else
        {
            FillWithoutNulls(new CellOperand(a.Values), new CellOperand(b.Values), count);
        }
    }

    [MethodImpl(Kernel.Hot)]
    private void FillWithoutNulls(CellOperand left, CellOperand right, int count)
    {
        long[] result = Result.Values;
        int row = 0;
        for (; row <= count - 4; row += 4)
        {
            Vector256<long> a = left.FourAt(row);
            Vector256<long> b = right.FourAt(row);
            (isAnd ? a & b : a | b).StoreUnsafe(ref result[0], (nuint)row);
        }

        for (; row < count; row++)
        {
            result[row] = isAnd ? left.At(row) & right.At(row) : left.At(row) | right.At(row);
        }
    }

    private void FillWithNulls(Vector a, Vector b, int count)
    {
        FillWithNulls(
            a.Values,
            a.HasNulls ? a.Nulls : Context.NoNulls,
            b.Values,
            b.HasNulls ? b.Nulls : Context.NoNulls,
            isAnd ? 0 : 1,
            count);
        Result.HasNulls = true;
    }

    [MethodImpl(Kernel.Hot)]
    private void FillWithNulls(long[] a, bool[] aNulls, long[] b, bool[] bNulls, long settling, int count)
    {
        long[] result = Result.Values;
        bool[] nulls = Result.Nulls;
        for (int row = 0; row < count; row++)
        {
            bool settled = (!aNulls[row] & a[row] == settling) | (!bNulls[row] & b[row] == settling);
            nulls[row] = !settled & (aNulls[row] | bNulls[row]);
            result[row] = settling ^ (settled ? 0 : 1);
        }
    }
}
