namespace Assay.Data;

/// <summary>What the operators of one evaluator share.</summary>
internal sealed class EvaluationContext(TextPool texts, int capacity)
{
    private readonly Dictionary<BoundExpression, VectorOperator> _operators = new(ReferenceEqualityComparer.Instance);

    public TextPool Texts { get; } = texts;

    public int Capacity { get; } = capacity;

    /// <summary>The flags of a vector that has none; not to be written.</summary>
    public bool[] NoNulls { get; } = new bool[capacity];

    /// <summary>A place to put one text together.</summary>
    public TextBuffer Buffer { get; } = new();

    /// <summary>The number of the evaluation under way: an operator that several others read runs once in each.</summary>
    public long Pass { get; set; }

    public VectorOperator Operator(BoundExpression expression)
    {
        if (!_operators.TryGetValue(expression, out VectorOperator? found))
        {
            found = expression.CreateOperator(this);
            _operators.Add(expression, found);
        }

        return found;
    }
}
