namespace Assay.Data;

/// <summary><c>x [not] in (a, b, …)</c></summary>
/// <param name="Position">Where the operand begins in its text.</param>
/// <param name="Operand">What is looked for.</param>
/// <param name="Items">Where it is looked for, at least one.</param>
/// <param name="IsNegated">Whether it is <c>not in</c>.</param>
public sealed record InExpression(int Position, Expression Operand, IReadOnlyList<Expression> Items, bool IsNegated) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Operand, .. Items];

    /// <inheritdoc/>
    public bool Equals(InExpression? other) =>
        base.Equals(other)
        && Operand == other.Operand
        && IsNegated == other.IsNegated
        && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => ListHash.Of(HashCode.Combine(base.GetHashCode(), Operand, IsNegated), Items);

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new InExpression(Position, map(Operand), [.. Items.Select(map)], IsNegated);
}
