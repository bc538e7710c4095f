namespace Assay.Data;

/// <summary>Takes each row's value from the first branch whose condition is true, else from the last input.</summary>
/// <remarks>The inputs are condition, value, condition, value, …, and the value when none holds.</remarks>
internal sealed class CaseOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs)
    : ChoiceOperator(context, type, inputs)
{
    protected override int Choose(int count)
    {
        Array.Fill(Taken, Inputs.Length - 1, 0, count);
        for (int input = Inputs.Length - 3; input >= 0; input -= 2)
        {
            Vector condition = Inputs[input].Current;
            TakeWhereTrue(Taken, input + 1, condition.Values, condition.HasNulls ? condition.Nulls : Context.NoNulls, count);
        }

        return -1;
    }

    protected override bool IsValue(int input) => input % 2 == 1 || input == Inputs.Length - 1;

    protected override bool IsNeeded(int input, int taken) => input % 2 == 0 && input < taken;
}
