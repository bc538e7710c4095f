using System.Numerics;
using Assay.Data;

namespace Assay.Sql;

/// <summary>How large the numbers of an expression can be, by the declared types of its columns: a bound, in units of 10^-scale.</summary>
internal static class Magnitude
{
    /// <summary>What the largest 64-bit number stays below.</summary>
    public static readonly BigInteger Long = BigInteger.One << 63;

    /// <summary>Whether all of an expression's numbers fit 64 bits.</summary>
    public static bool FitsLong(SqlExpression number) => Of(number) < Long;

    /// <summary>A number that none of the expression's numbers exceeds, their signs aside.</summary>
    /// <param name="number">The expression.</param>
    /// <param name="stored">The most that a column can hold, whatever it declares; null for what it declares.</param>
    public static BigInteger Of(SqlExpression number, BigInteger? stored = null) => number switch
    {
        SqlValue value => BigInteger.Abs((BigInteger)value.Units),
        SqlCase choice => choice.Branches.Select(branch => branch.Then).Append(choice.Otherwise).Max(result => Of(result, stored)),
        SqlCall call => Of(call, stored),
        SqlAggregate { Function: SqlAggregateFunction.Min or SqlAggregateFunction.Max, Argument: { } argument } => Of(argument, stored),
        SqlAggregate { Function: SqlAggregateFunction.Sum } => BigInteger.One << 127,
        _ => BigInteger.Min(OfType(number.Type), stored ?? OfType(number.Type)),
    };

    private static BigInteger Of(SqlCall call, BigInteger? stored)
    {
        BigInteger Argument(int index) => Of(call.Arguments[index], stored);
        return call.Operation switch
        {
            SqlOperation.Add or SqlOperation.Subtract => Argument(0) + Argument(1),
            SqlOperation.Multiply => Argument(0) * Argument(1),
            SqlOperation.Modulo => BigInteger.Min(Argument(0), Argument(1)),
            SqlOperation.Rescale => Argument(0) * BigInteger.Pow(10, call.Type.Scale - call.Arguments[0].Type.Scale),
            SqlOperation.Coalesce or SqlOperation.Least or SqlOperation.Greatest => call.Arguments.Max(value => Of(value, stored)),
            SqlOperation.Absolute => Argument(0),

            // Lengths, parts of dates, and the seconds between two of the years 1 to 9999.
            _ when call.Type.IsNumeric => BigInteger.One << 40,
            _ => BigInteger.One,
        };
    }

    private static BigInteger OfType(ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer => Long,
        ColumnKind.Decimal => BigInteger.Pow(10, type.Precision) - 1,
        _ => BigInteger.One,
    };
}
