using System.Numerics;
using System.Runtime.CompilerServices;
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
        if (a.IsWide || b.IsWide)
        {
            CompareWide(a, b, count);
        }
        else if (aScale != bScale)
        {
            CompareScaled(a, aScale, b, bScale, count);
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

    [MethodImpl(Kernel.Hot)]
    private void Compare<TLeft, TRight>(TLeft left, TRight right, int count)
        where TLeft : struct, IOperand
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

    /// <summary>Compares without 128 bits when one side's cells have room for the other's scale.</summary>
    private void CompareScaled(Vector a, int aScale, Vector b, int bScale, int count)
    {
        int digits = Math.Abs(aScale - bScale);
        Vector coarse = aScale < bScale ? a : b;
        long factor = digits <= 18 ? (long)Decimals.PowerOfTen(digits) : 0;
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)factor);
        if (factor == 0 || Magnitude.Bits(coarse.Values, count) + bits > 62)
        {
            CompareWide(a, b, count);
        }
        else if (aScale < bScale)
        {
            Compare(new ScaledOperand(a.Values, factor), new CellOperand(b.Values), count);
        }
        else
        {
            Compare(new CellOperand(a.Values), new ScaledOperand(b.Values, factor), count);
        }
    }

    private void CompareWide(Vector a, Vector b, int count)
    {
        int aScale = Inputs[0].Type.Scale;
        int bScale = Inputs[1].Type.Scale;
        for (int row = 0; row < count; row++)
        {
            int order = Wide.Compare(a.Get(row), aScale, b.Get(row), bScale);
            Result.Values[row] = TComparison.Holds(order, 0) ? 1 : 0;
        }
    }
}
