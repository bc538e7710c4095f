namespace Assay.Data;

/// <summary>The rest of a division of numbers of one scale, with the sign of the dividend; by zero null.</summary>
internal sealed class ModuloOperator(EvaluationContext context, ColumnType type, VectorOperator left, VectorOperator right)
    : ComputedOperator(context, type, left, right)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector a = Inputs[0].Current;
        Vector b = Inputs[1].Current;
        bool narrow = !a.IsWide && !b.IsWide;
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                continue;
            }

            Int128 divisor = b.Get(row);
            if (divisor == 0)
            {
                SetNull(row);
            }
            else if (divisor == -1)
            {
                // The least value divided by -1 would trap.
                Store(row, 0);
            }
            else
            {
                Store(row, narrow ? a.Values[row] % b.Values[row] : a.Get(row) % divisor);
            }
        }
    }
}
