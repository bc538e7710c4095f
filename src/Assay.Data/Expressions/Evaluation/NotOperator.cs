using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Turns true into false and false into true.</summary>
internal sealed class NotOperator(EvaluationContext context, VectorOperator input)
    : ComputedOperator(context, ColumnType.Boolean, input)
{
    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        long[] values = Inputs[0].Current.Values;
        long[] result = Result.Values;
        for (int row = 0; row < count; row++)
        {
            result[row] = 1 - values[row];
        }
    }
}
