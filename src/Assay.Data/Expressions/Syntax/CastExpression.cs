namespace Assay.Data;

/// <summary><c>cast(x as type)</c></summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Operand">What is converted.</param>
/// <param name="Type">The type it becomes.</param>
public sealed record CastExpression(int Position, Expression Operand, ColumnType Type) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [Operand];

    internal override Expression MapChildren(Func<Expression, Expression> map) =>
        new CastExpression(Position, map(Operand), Type);
}
