namespace Assay.Data;

/// <summary>
/// Evaluates bound expressions over batches, column by column. Each worker has its own: its scratch vectors
/// are made once for each expression, and nothing is allocated for a batch after that.
/// </summary>
/// <remarks>A row in which any step that its value depends on needs more than 128 bits gives null, and is marked in
/// <see cref="Overflow"/>. Branches of <c>case</c> and <c>coalesce</c> that a row does not take do not count.</remarks>
public sealed class VectorEvaluator
{
    private readonly EvaluationContext _context;
    private readonly bool[] _overflow;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="texts">The pool of the batches' texts, and of the results'.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    public VectorEvaluator(TextPool texts, int capacity = RowBatch.DefaultCapacity)
    {
        _context = new EvaluationContext(texts, capacity);
        _overflow = new bool[capacity];
    }

    /// <summary>Whether any row overflowed in the last evaluation.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>The rows that overflowed in the last evaluation; read it only when <see cref="HasOverflow"/>.</summary>
    public bool[] Overflow => _overflow;

    /// <summary>Evaluates an expression over the rows of a batch.</summary>
    /// <param name="expression">The expression, bound to the batch's schema.</param>
    /// <param name="batch">The rows.</param>
    /// <returns>A column of the batch, or a vector of the evaluator that stands until the same expression is
    /// evaluated again. It is only to be read.</returns>
    /// <exception cref="ArgumentException">The batch has more rows than the evaluator's capacity, or another pool.</exception>
    public Vector Evaluate(BoundExpression expression, RowBatch batch)
    {
        if (batch.Count > _context.Capacity || batch.Texts != _context.Texts)
        {
            throw new ArgumentException("The batch has more rows than the evaluator's capacity, or another pool of texts.", nameof(batch));
        }

        _context.Pass++;
        VectorOperator root = _context.Operator(expression);
        Vector result = root.Run(batch);
        HasOverflow = root.HasOverflow;
        if (HasOverflow)
        {
            root.Overflow.CopyTo(_overflow, 0);
            MakeNull(result, batch.Count);
        }

        return result;
    }

    private void MakeNull(Vector result, int count)
    {
        if (!result.HasNulls)
        {
            Array.Clear(result.Nulls);
            result.HasNulls = true;
        }

        BooleanKernels.Or(result.Nulls, _overflow, count);
    }
}
