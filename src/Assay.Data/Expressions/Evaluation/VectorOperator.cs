namespace Assay.Data;

/// <summary>
/// A step of an expression for one worker: it computes a vector of results from those of its inputs. It owns
/// its result, which lives until it runs again, and keeps which rows overflowed in it or in what it needed.
/// </summary>
internal abstract class VectorOperator
{
    private long _pass = -1;
    private bool[]? _overflow;

    protected VectorOperator(EvaluationContext context, ColumnType type, params VectorOperator[] inputs)
    {
        Context = context;
        Type = type;
        Inputs = inputs;
        Current = null!;
    }

    public ColumnType Type { get; }

    /// <summary>The result of the pass under way.</summary>
    public Vector Current { get; private set; }

    /// <summary>Whether any row overflowed in the pass under way.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>The rows that overflowed; read it only when <see cref="HasOverflow"/>.</summary>
    public bool[] Overflow => _overflow ??= new bool[Context.Capacity];

    protected EvaluationContext Context { get; }

    protected VectorOperator[] Inputs { get; }

    public Vector Run(RowBatch batch)
    {
        if (_pass == Context.Pass)
        {
            return Current;
        }

        _pass = Context.Pass;
        foreach (VectorOperator input in Inputs)
        {
            input.Run(batch);
        }

        if (HasOverflow)
        {
            HasOverflow = false;
            Array.Clear(Overflow);
        }

        Current = Compute(batch);
        foreach (VectorOperator input in Inputs)
        {
            if (input.HasOverflow)
            {
                PassOverflowOn(batch.Count);
                break;
            }
        }

        return Current;
    }

    protected abstract Vector Compute(RowBatch batch);

    /// <summary>Takes over the rows that overflowed in the inputs; an operator that does not need all of them says which.</summary>
    protected virtual void PassOverflowOn(int count)
    {
        foreach (VectorOperator input in Inputs)
        {
            if (input.HasOverflow)
            {
                for (int row = 0; row < count; row++)
                {
                    MarkOverflow(row, input.Overflow[row]);
                }
            }
        }
    }

    protected void MarkOverflow(int row, bool overflowed)
    {
        Overflow[row] |= overflowed;
        HasOverflow |= overflowed;
    }
}
