namespace Assay.Data;

/// <summary>An operator between its operands.</summary>
/// <param name="Position">Where the left operand begins in its text.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record BinaryExpression(int Position, BinaryOperator Operator, Expression Left, Expression Right) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Left, Right];

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new BinaryExpression(Position, Operator, map(Left), map(Right));
}
