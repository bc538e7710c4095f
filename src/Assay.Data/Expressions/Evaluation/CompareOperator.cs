using System.Runtime.Intrinsics;

namespace Assay.Data;

/// <summary>Compares cells: numbers of any scales, dates, booleans and, for equality, codes of texts. A constant stands
/// on the right.</summary>
internal sealed class CompareOperator<TComparison>(EvaluationContext context, VectorOperator left, VectorOperator right)
    : ComputedOperator(context, ColumnType.Boolean, left, right)
    where TComparison : struct, IComparison
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector a = Inputs[0].Current;
        Vector b = Inputs[1].Current;
        int aScale = Inputs[0].Type.Scale;
        int bScale = Inputs[1].Type.Scale;
        if (aScale != bScale || a.IsWide || b.IsWide)
        {
            long[] result = Result.Values;
            for (int row = 0; row < count; row++)
            {
                result[row] = TComparison.Holds(Wide.Compare(a.Get(row), aScale, b.Get(row), bScale), 0) ? 1 : 0;
            }
        }
        else if (Inputs[1] is ConstantOperator)
        {
            Compare(new CellOperand(a.Values), new ScalarOperand(b.Values[0]), count);
        }
        else
        {
            Compare(new CellOperand(a.Values), new CellOperand(b.Values), count);
        }
    }

    private void Compare<TRight>(CellOperand left, TRight right, int count)
        where TRight : struct, IOperand
    {
        long[] result = Result.Values;
        int row = 0;
        for (; row <= count - 4; row += 4)
        {
            Vector256<long> holds = TComparison.Holds(left.FourAt(row), right.FourAt(row));
            (holds & Vector256<long>.One).StoreUnsafe(ref result[0], (nuint)row);
        }

        for (; row < count; row++)
        {
            result[row] = TComparison.Holds(left.At(row), right.At(row)) ? 1 : 0;
        }
    }
}
