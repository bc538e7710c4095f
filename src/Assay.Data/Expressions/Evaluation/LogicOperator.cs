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
        long[] result = Result.Values;
        bool[] nulls = Result.Nulls;
        long settling = isAnd ? 0 : 1;
        for (int row = 0; row < count; row++)
        {
            bool aNull = a.HasNulls && a.Nulls[row];
            bool bNull = b.HasNulls && b.Nulls[row];
            bool settled = (!aNull & a.Values[row] == settling) | (!bNull & b.Values[row] == settling);
            nulls[row] = !settled & (aNull | bNull);
            result[row] = settled ? settling : 1 - settling;
        }

        Result.HasNulls = true;
    }
}
