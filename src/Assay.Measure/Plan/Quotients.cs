using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>Results that are quotients: averages, shares, growth, and whatever else divides.</summary>
internal static class Quotients
{
    /// <summary>The digits after the point of a quotient whose column declares no scale: as percentages and rates have.</summary>
    public const int DefaultScale = 6;

    /// <summary>Whether an expression divides.</summary>
    public static bool Has(Expression expression) => expression.DescendantsAndSelf().Any(IsQuotient);

    /// <summary>
    /// Gives every quotient one digit more than it would have: a quotient is held so that it can be rounded
    /// once to fewer digits, so one of two whole numbers, which would have just six, needs a seventh.
    /// </summary>
    public static Expression WithGuardDigit(Expression expression) => expression.Rewrite(node =>
        node is BinaryExpression { Operator: BinaryOperator.Divide } quotient
            ? quotient with
            {
                Left = new BinaryExpression(
                    quotient.Left.Position, BinaryOperator.Multiply, WithGuardDigit(quotient.Left), LiteralExpression.Number(10, 1)),
                Right = WithGuardDigit(quotient.Right),
            }
            : null);

    private static bool IsQuotient(Expression node) => node is BinaryExpression { Operator: BinaryOperator.Divide };
}
