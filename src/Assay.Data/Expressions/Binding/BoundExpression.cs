namespace Assay.Data;

/// <summary>An expression whose columns and types are known, as <see cref="ExpressionBinder"/> gives it and
/// <see cref="VectorEvaluator"/> evaluates it. Not changed once made, so that workers can share it.</summary>
public abstract class BoundExpression
{
    private protected BoundExpression(ColumnType type, IReadOnlyList<int> columns)
    {
        Type = type;
        Columns = columns;
    }

    /// <summary>The type of its value. A computed decimal has a precision of 38: its digits are not bounded otherwise.</summary>
    public ColumnType Type { get; }

    /// <summary>The places, in the schema it was bound to, of the columns it reads; ascending, each once.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>Makes what evaluates it for one worker.</summary>
    internal abstract VectorOperator CreateOperator(EvaluationContext context);
}
