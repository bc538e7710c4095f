namespace Assay.Data;

/// <summary>An operator before its operand.</summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Operand">What it works on.</param>
public sealed record UnaryExpression(int Position, UnaryOperator Operator, Expression Operand) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Operand];

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new UnaryExpression(Position, Operator, map(Operand));
}
