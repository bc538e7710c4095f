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

    /// <summary>Its value, when that depends on no row, as binding computed it; else null. The literal of a null has no
    /// type: <see cref="Type"/> says which null it is.</summary>
    public virtual LiteralExpression? Constant => null;

    /// <summary>Whether it is a null that takes on whatever type its surroundings need.</summary>
    public bool IsUntypedNull => this == BoundConstant.UntypedNull;

    /// <summary>Makes what evaluates it for one worker.</summary>
    internal abstract VectorOperator CreateOperator(EvaluationContext context);
}
