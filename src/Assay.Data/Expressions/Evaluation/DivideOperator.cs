using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Divides numbers exactly, rounded as <see cref="Decimals.TryDivide"/> says; by zero gives null.</summary>
internal sealed class DivideOperator : ComputedOperator
{
    private readonly int _shift;

    public DivideOperator(EvaluationContext context, ColumnType type, VectorOperator left, VectorOperator right)
        : base(context, type, left, right) => _shift = type.Scale - left.Type.Scale + right.Type.Scale;

    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector a = Inputs[0].Current;
        Vector b = Inputs[1].Current;
        bool narrow = !a.IsWide && !b.IsWide && _shift <= 18;
        long factor = narrow ? (long)Decimals.PowerOfTen(_shift) : 0;
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            if (narrow && TryNarrow(a.Values[row], b.Values[row], factor, out long quotient))
            {
                Store(row, quotient);
            }
            else
            {
                Divide(row, a.Get(row), b.Get(row));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow(long dividend, long divisor, long factor, out long quotient)
    {
        quotient = 0;
        long high = Math.BigMul(dividend, factor, out long scaled);
        if (high != scaled >> 63 || divisor is 0 or -1)
        {
            return false;
        }

        quotient = scaled / divisor;
        if (scaled != quotient * divisor && quotient % 5 == 0)
        {
            quotient += ((scaled ^ divisor) >> 63) | 1;
        }

        return true;
    }

    private void Divide(int row, Int128 dividend, Int128 divisor)
    {
        if (divisor == 0)
        {
            SetNull(row);
        }
        else if (Decimals.TryDivide(dividend, Inputs[0].Type.Scale, divisor, Inputs[1].Type.Scale, Type.Scale, out Int128 quotient))
        {
            Store(row, quotient);
        }
        else
        {
            SetOverflow(row);
        }
    }
}
