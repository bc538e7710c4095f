using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Computes a number that each date or timestamp has.</summary>
internal sealed class MomentPartOperator<TPart>(EvaluationContext context, ColumnType type, VectorOperator input)
    : ComputedOperator(context, type, input)
    where TPart : struct, IMomentPart
{
    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        long[] values = Inputs[0].Current.Values;
        long[] result = Result.Values;
        if (Inputs[0].Type.Kind == ColumnKind.Date)
        {
            for (int row = 0; row < count; row++)
            {
                result[row] = TPart.Of(values[row], 0);
            }

            return;
        }

        for (int row = 0; row < count; row++)
        {
            long day = Calendar.DayOf(values[row]);
            result[row] = TPart.Of(day, values[row] - (day * Calendar.MicrosecondsPerDay));
        }
    }
}
