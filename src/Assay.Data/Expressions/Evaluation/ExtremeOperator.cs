namespace Assay.Data;

/// <summary>The least or greatest of its inputs, which are of one type; null when any is null, as SQL:2023 has it.</summary>
internal sealed class ExtremeOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs, bool greatest)
    : ComputedOperator(context, type, inputs)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        for (int row = 0; row < count; row++)
        {
            if (Result.HasNulls && Result.Nulls[row])
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
