namespace Assay.Data;

/// <summary>Takes each row's value from the first branch whose condition is true, else from the last input.</summary>
/// <remarks>The inputs are condition, value, condition, value, …, and the value when none holds.</remarks>
internal sealed class CaseOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs)
    : ComputedOperator(context, type, inputs)
{
    private readonly int[] _taken = new int[context.Capacity];

    protected override void Fill(int count)
    {
        Array.Fill(_taken, Inputs.Length - 1, 0, count);
        for (int condition = Inputs.Length - 3; condition >= 0; condition -= 2)
        {
            Choose(Inputs[condition].Current, condition + 1, count);
        }

        bool wide = false;
        bool nulls = false;
        for (int value = 1; value < Inputs.Length; value += 2)
        {
            Note(Inputs[value].Current, ref wide, ref nulls);
        }

        Note(Inputs[^1].Current, ref wide, ref nulls);
        Result.IsWide = wide;
        Result.HasNulls = nulls;
        for (int value = 1; value < Inputs.Length; value += 2)
        {
            Take(value, count);
        }

        Take(Inputs.Length - 1, count);
    }

    protected override void PassOverflowOn(int count)
    {
        for (int row = 0; row < count; row++)
        {
            int taken = _taken[row];
            bool overflowed = Inputs[taken].HasOverflow && Inputs[taken].Overflow[row];
            for (int condition = 0; condition < taken; condition += 2)
            {
                overflowed |= Inputs[condition].HasOverflow && Inputs[condition].Overflow[row];
            }

            MarkOverflow(row, overflowed);
        }
    }

    private static void Note(Vector value, ref bool wide, ref bool nulls)
    {
        wide |= value.IsWide;
        nulls |= value.HasNulls;
    }

    private void Choose(Vector condition, int value, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (condition.Values[row] != 0 && !(condition.HasNulls && condition.Nulls[row]))
            {
                _taken[row] = value;
            }
        }
    }

    private void Take(int input, int count)
    {
        Vector from = Inputs[input].Current;
        for (int row = 0; row < count; row++)
        {
            if (_taken[row] == input)
            {
                if (Result.IsWide)
                {
                    Result.Wide[row] = from.Get(row);
                }
                else
                {
                    Result.Values[row] = from.Values[row];
                }

                Result.Nulls[row] = from.HasNulls && from.Nulls[row];
            }
        }
    }
}
