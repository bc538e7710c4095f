namespace Assay.Data;

/// <summary><c>x [not] between low and high</c>, both bounds included.</summary>
/// <param name="Position">Where the operand begins in its text.</param>
/// <param name="Operand">What is compared.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
/// <param name="IsNegated">Whether it is <c>not between</c>.</param>
public sealed record BetweenExpression(int Position, Expression Operand, Expression Low, Expression High, bool IsNegated)
    : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Operand, Low, High];

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new BetweenExpression(Position, map(Operand), map(Low), map(High), IsNegated);
}
