using Assay.Data;

namespace Assay.Measure.Query;

/// <summary>
/// Brings the constant of a comparison to the digits of what it is compared with: <c>x &gt; 12.3456</c> is
/// <c>x &gt; 12.34</c> for an x of two digits. So a database that keeps decimals as whole numbers need not give every
/// row's value more digits, which may not fit.
/// </summary>
internal static class ExactThresholds
{
    private static readonly Schema None = new([]);

    /// <summary>Does so everywhere in a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <returns>A condition that is true, false or null of the same rows.</returns>
    /// <exception cref="ExpressionException">It does not bind.</exception>
    public static Expression Narrow(Expression condition, Schema schema) => condition.Rewrite(node =>
        node is BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual } comparison
            ? Compared(comparison, schema)
            : null);

    private static BinaryExpression? Compared(BinaryExpression node, Schema schema)
    {
        if (IsConstant(node.Left) == IsConstant(node.Right))
        {
            return null;
        }

        bool isLeft = IsConstant(node.Left);
        Expression value = isLeft ? node.Right : node.Left;
        ColumnType type = ExpressionBinder.Bind(value, schema).Type;
        if (!type.IsNumeric || Evaluate(isLeft ? node.Left : node.Right) is not { } constant)
        {
            return null;
        }

        // x > c and x <= c are decided by the digits that x has, cut down; x >= c and x < c by those cut up.
        bool isUp = (node.Operator is BinaryOperator.GreaterOrEqual or BinaryOperator.Less) != isLeft;
        LiteralExpression threshold = constant.Scale <= type.Scale
            ? LiteralExpression.Number(constant.Units, constant.Scale)
            : LiteralExpression.Number(Cut(constant.Units, Decimals.PowerOfTen(constant.Scale - type.Scale), isUp), type.Scale);
        value = Narrow(value, schema);
        return isLeft ? node with { Left = threshold, Right = value } : node with { Left = value, Right = threshold };
    }

    private static bool IsConstant(Expression expression) => !expression.DescendantsAndSelf().OfType<ColumnExpression>().Any();

    /// <summary>The value of a numeric constant; null for null.</summary>
    private static (Int128 Units, int Scale)? Evaluate(Expression constant)
    {
        BoundExpression bound = ExpressionBinder.Bind(constant, None);
        var texts = new TextPool();
        Vector value = new VectorEvaluator(texts, 1).Evaluate(bound, new RowBatch(None, texts, 1) { Count = 1 });
        return value.IsNull(0) || !bound.Type.IsNumeric ? null : (value.Get(0), bound.Type.Scale);
    }

    private static Int128 Cut(Int128 units, Int128 divisor, bool isUp)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(units, divisor);
        return (isUp && rest > 0) ? quotient + 1 : (!isUp && rest < 0) ? quotient - 1 : quotient;
    }
}
