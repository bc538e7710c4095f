namespace Assay.Data;

/// <summary><c>x is [not] null</c></summary>
/// <param name="Position">Where the operand begins in its text.</param>
/// <param name="Operand">What is looked at.</param>
/// <param name="IsNegated">Whether it is <c>is not null</c>.</param>
public sealed record IsNullExpression(int Position, Expression Operand, bool IsNegated) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Operand];

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new IsNullExpression(Position, map(Operand), IsNegated);
}
