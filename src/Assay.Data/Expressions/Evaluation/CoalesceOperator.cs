namespace Assay.Data;

/// <summary>Takes each row's value from the first input that is not null there.</summary>
internal sealed class CoalesceOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs)
    : VectorOperator(context, type, inputs)
{
    private readonly Vector _result = new(context.Capacity) { Type = type };

    protected override Vector Compute(RowBatch batch)
    {
        Vector first = Inputs[0].Current;
        if (!first.HasNulls)
        {
            return first;
        }

        _result.IsWide = Array.Exists(Inputs, input => input.Current.IsWide);
        _result.HasNulls = true;
        for (int row = 0; row < batch.Count; row++)
        {
            int taken = Taken(row);
            Vector from = Inputs[taken].Current;
            _result.Nulls[row] = from.IsNull(row);
            if (_result.IsWide)
            {
                _result.Wide[row] = from.Get(row);
            }
            else
            {
                _result.Values[row] = from.Values[row];
            }
        }

        return _result;
    }

    protected override void PassOverflowOn(int count)
    {
        for (int row = 0; row < count; row++)
        {
            for (int input = Taken(row); input >= 0; input--)
            {
                MarkOverflow(row, Inputs[input].HasOverflow && Inputs[input].Overflow[row]);
            }
        }
    }

    private int Taken(int row)
    {
        int input = 0;
        while (input < Inputs.Length - 1 && Inputs[input].Current.IsNull(row))
        {
            input++;
        }

        return input;
    }
}
