namespace Assay.Data;

/// <summary>Takes each row's value from the first input that is not null there.</summary>
internal sealed class CoalesceOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs)
    : ChoiceOperator(context, type, inputs)
{
    protected override int Choose(int count)
    {
        int last = Array.FindIndex(Inputs, input => !input.Current.HasNulls);
        last = last < 0 ? Inputs.Length - 1 : last;
        Array.Fill(Taken, last, 0, count);
        for (int input = last - 1; input >= 0; input--)
        {
            TakeWhereKnown(Taken, input, Inputs[input].Current.Nulls, count);
        }

        return last == 0 ? 0 : -1;
    }

    protected override bool IsValue(int input) => true;

    protected override bool IsNeeded(int input, int taken) => input < taken;
}
