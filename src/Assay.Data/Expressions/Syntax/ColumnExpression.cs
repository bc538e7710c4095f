namespace Assay.Data;

/// <summary>The value of a column in the same row.</summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Name">The column's exact name.</param>
public sealed record ColumnExpression(int Position, string Name) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [];

    internal override Expression MapChildren(Func<Expression, Expression> map) => this;
}
