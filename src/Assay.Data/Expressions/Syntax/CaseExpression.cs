namespace Assay.Data;

/// <summary><c>case when a then b … else c end</c>, or <c>case x when a then b … else c end</c>.</summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Operand">What the branches' values are compared with, or null when they are conditions.</param>
/// <param name="Branches">The branches, at least one; the first that holds gives the value.</param>
/// <param name="Else">The value when no branch holds; null stands for the null value.</param>
public sealed record CaseExpression(int Position, Expression? Operand, IReadOnlyList<CaseBranch> Branches, Expression? Else)
    : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children
    {
        get
        {
            if (Operand is not null)
            {
                yield return Operand;
            }

            foreach (CaseBranch branch in Branches)
            {
                yield return branch.When;
                yield return branch.Then;
            }

            if (Else is not null)
            {
                yield return Else;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(CaseExpression? other) =>
        base.Equals(other)
        && Equals(Operand, other.Operand)
        && Equals(Else, other.Else)
        && Branches.SequenceEqual(other.Branches);

    /// <inheritdoc/>
    public override int GetHashCode() => ListHash.Of(HashCode.Combine(base.GetHashCode(), Operand, Else), Branches);

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new CaseExpression(
            Position,
            Operand is null ? null : map(Operand),
            [.. Branches.Select(branch => new CaseBranch(map(branch.When), map(branch.Then)))],
            Else is null ? null : map(Else));
}
