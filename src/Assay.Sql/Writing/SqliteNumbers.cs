using System.Numerics;

namespace Assay.Sql;

/// <summary>
/// What can become of numbers in SQLite. Past 64 bits its arithmetic goes on in floating point without a word, so what may
/// do so is either watched, or used only where that does not change the answer.
/// </summary>
internal static class SqliteNumbers
{
    /// <summary>Far enough below 64 bits that no rounding of a number above them gets there.</summary>
    private static readonly BigInteger Safe = BigInteger.One << 62;

    /// <summary>Far enough below the largest floating-point number.</summary>
    private static readonly BigInteger Finite = BigInteger.Pow(10, 300);

    /// <summary>A number that none of the expression's exceeds, signs aside: columns hold 64 bits whatever they declare.</summary>
    public static BigInteger Magnitude(SqlExpression number) => Sql.Magnitude.Of(number, Sql.Magnitude.Long);

    /// <summary>Whether the declared types prove that it stays a 64-bit whole number.</summary>
    public static bool IsExact(SqlExpression number) => number switch
    {
        SqlCase choice => choice.Branches.All(branch => IsExact(branch.Then)) && IsExact(choice.Otherwise),
        SqlAggregate { Function: SqlAggregateFunction.Min or SqlAggregateFunction.Max, Argument: { } argument } => IsExact(argument),
        SqlCall call when IsArithmetic(call) => call.Arguments.All(IsExact) && Magnitude(call) < Sql.Magnitude.Long,
        SqlCall { Operation: SqlOperation.Modulo or SqlOperation.Absolute or SqlOperation.Coalesce or SqlOperation.Least or SqlOperation.Greatest } call =>
            call.Type.IsNumeric is false || call.Arguments.All(IsExact),
        _ => true,
    };

    /// <summary>
    /// Whether it is a whole number within 64 bits, or else a floating-point number of the right sign that is larger than any
    /// of them: so are products, and sums of two, of exact numbers. It then compares rightly with numbers that are
    /// <see cref="IsSafe"/>.
    /// </summary>
    public static bool IsOrdered(SqlExpression number) => IsExact(number) || number switch
    {
        SqlCase choice => choice.Branches.All(branch => IsOrdered(branch.Then)) && IsOrdered(choice.Otherwise),
        SqlCall { Operation: SqlOperation.Multiply or SqlOperation.Rescale } product =>
            product.Arguments.All(IsOrdered) && Magnitude(product) < Finite,
        SqlCall { Operation: SqlOperation.Add or SqlOperation.Subtract } sum => sum.Arguments.All(IsExact),
        SqlCall { Operation: SqlOperation.Absolute or SqlOperation.Coalesce } call => call.Arguments.All(IsOrdered),
        _ => false,
    };

    /// <summary>Whether it is exact, and not near the end of 64 bits.</summary>
    public static bool IsSafe(SqlExpression number) => IsExact(number) && Magnitude(number) <= Safe;

    private static bool IsArithmetic(SqlCall call) => call.Operation is SqlOperation.Add or SqlOperation.Subtract or SqlOperation.Multiply
        || (call.Operation == SqlOperation.Rescale && call.Type.Scale > call.Arguments[0].Type.Scale);
}
