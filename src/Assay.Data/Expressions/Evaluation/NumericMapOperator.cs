using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Applies a function of one number to each row.</summary>
internal sealed class NumericMapOperator<TMap>(EvaluationContext context, ColumnType type, VectorOperator input, TMap map)
    : ComputedOperator(context, type, input)
    where TMap : struct, INumericMap
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector from = Inputs[0].Current;
        if (from.IsWide || !TryNarrow(from.Values, count))
        {
            FillWide(from, count);
        }
    }

    [MethodImpl(Kernel.Hot)]
    private bool TryNarrow(long[] values, int count)
    {
        long[] result = Result.Values;
        for (int row = 0; row < count; row++)
        {
            if (!map.TryApply(values[row], out result[row]))
            {
                return false;
            }
        }

        return true;
    }

    private void FillWide(Vector from, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            if (map.TryApply(from.Get(row), out Int128 value))
            {
                Store(row, value);
            }
            else
            {
                SetOverflow(row);
            }
        }
    }
}
