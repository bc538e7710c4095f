using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>The least or greatest of its inputs, which are of one type; null when any is null, as SQL:2023 has it.</summary>
internal sealed class ExtremeOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs, bool greatest)
    : ComputedOperator(context, type, inputs)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        if (Type.Kind != ColumnKind.String && !Array.Exists(Inputs, input => input.Current.IsWide))
        {
            Array.Copy(Inputs[0].Current.Values, Result.Values, count);
            for (int input = 1; input < Inputs.Length; input++)
            {
                FillNarrow(Inputs[input].Current.Values, count);
            }

            return;
        }

        FillAny(count);
    }

    [MethodImpl(Kernel.Hot)]
    private void FillNarrow(long[] other, int count)
    {
        long[] best = Result.Values;
        if (greatest)
        {
            for (int row = 0; row < count; row++)
            {
                best[row] = Math.Max(best[row], other[row]);
            }
        }
        else
        {
            for (int row = 0; row < count; row++)
            {
                best[row] = Math.Min(best[row], other[row]);
            }
        }
    }

    private void FillAny(int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            Int128 best = Inputs[0].Current.Get(row);
            for (int input = 1; input < Inputs.Length; input++)
            {
                Int128 other = Inputs[input].Current.Get(row);
                int order = Type.Kind == ColumnKind.String
                    ? Context.Texts[(int)other].SequenceCompareTo(Context.Texts[(int)best])
                    : other.CompareTo(best);
                best = (greatest ? order > 0 : order < 0) ? other : best;
            }

            Store(row, best);
        }
    }
}
