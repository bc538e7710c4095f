using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Tells whether its input is null.</summary>
internal sealed class IsNullOperator(EvaluationContext context, VectorOperator input, bool isNegated)
    : ComputedOperator(context, ColumnType.Boolean, input)
{
    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        Vector from = Inputs[0].Current;
        if (!from.HasNulls)
        {
            Array.Fill(Result.Values, isNegated ? 1 : 0, 0, count);
            return;
        }

        for (int row = 0; row < count; row++)
        {
            Result.Values[row] = from.Nulls[row] != isNegated ? 1 : 0;
        }
    }
}
