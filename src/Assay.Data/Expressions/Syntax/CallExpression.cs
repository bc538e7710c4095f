namespace Assay.Data;

/// <summary>A function or an aggregate over its arguments: <c>lower(x)</c>, <c>count(*)</c>, <c>count(distinct x)</c>.</summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Name">The function's name in lower case.</param>
/// <param name="Arguments">The arguments, in order.</param>
/// <param name="IsDistinct">Whether <c>distinct</c> stands before the arguments.</param>
/// <param name="IsStar">Whether a <c>*</c> stands in place of the arguments.</param>
public sealed record CallExpression(
    int Position, string Name, IReadOnlyList<Expression> Arguments, bool IsDistinct = false, bool IsStar = false) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => Arguments;

    /// <inheritdoc/>
    public bool Equals(CallExpression? other) =>
        base.Equals(other)
        && Name == other.Name
        && IsDistinct == other.IsDistinct
        && IsStar == other.IsStar
        && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => ListHash.Of(HashCode.Combine(base.GetHashCode(), Name, IsDistinct, IsStar), Arguments);

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new CallExpression(Position, Name, [.. Arguments.Select(map)], IsDistinct, IsStar);
}
