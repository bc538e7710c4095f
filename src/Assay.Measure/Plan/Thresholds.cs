using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>Looks for conditions that a statistic enters only as a threshold, such as <c>revenue > 10 * avg(revenue)</c>.</summary>
internal static class Thresholds
{
    /// <summary>
    /// Whether a condition compares with one statistic at most, once: then, as the statistic grows, that one
    /// comparison changes once at most, and so does the condition.
    /// </summary>
    public static bool HasAtMostOne(Expression condition, Func<Expression, bool> isStatistic)
    {
        int all = condition.DescendantsAndSelf().Count(isStatistic);
        return all == 0 || (all == 1 && condition.DescendantsAndSelf().Any(node => IsThreshold(node, isStatistic)));
    }

    private static bool IsThreshold(Expression node, Func<Expression, bool> isStatistic) =>
        node is BinaryExpression
        {
            Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual,
        } comparison
        && (IsMultiple(comparison.Left, isStatistic) || IsMultiple(comparison.Right, isStatistic));

    private static bool IsMultiple(Expression node, Func<Expression, bool> isStatistic) =>
        isStatistic(node)
        || (node is BinaryExpression { Operator: BinaryOperator.Multiply } product
            && ((product.Left is LiteralExpression && isStatistic(product.Right))
                || (product.Right is LiteralExpression && isStatistic(product.Left))));
}
