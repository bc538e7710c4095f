using Assay.Data;

namespace Assay.Sql;

/// <summary>Compares values exactly. A constant is brought to the scale of what it is compared with, never the other way
/// round: so a column is compared as it is, can be looked up in an index, and cannot leave its database's numbers.</summary>
internal static class Comparison
{
    /// <summary>Compares two values; both are of kinds that compare.</summary>
    public static SqlExpression Of(SqlOperation operation, SqlExpression left, SqlExpression right)
    {
        if (left is SqlValue { IsNull: true } || right is SqlValue { IsNull: true })
        {
            return SqlValue.Null(ColumnType.Boolean);
        }

        if (!left.Type.IsNumeric)
        {
            return left.Type.Kind == right.Type.Kind
                ? Call(operation, left, right)
                : Call(operation, Conversion.ToTimestamp(left), Conversion.ToTimestamp(right));
        }

        if (left is SqlValue && right is not SqlValue)
        {
            return Of(Flip(operation), right, left);
        }

        if (right is SqlValue constant)
        {
            return AtScaleOf(left, operation, constant);
        }

        if (left is SqlPlaceholder && right is not SqlPlaceholder)
        {
            return Of(Flip(operation), right, left);
        }

        if (right is SqlPlaceholder given && left is not SqlPlaceholder)
        {
            return Call(operation, left, Given.Beside(given, left.Type));
        }

        ColumnType type = Conversion.Number(Math.Max(left.Type.Scale, right.Type.Scale));
        return Call(operation, AtScale(left, type), AtScale(right, type));
    }

    /// <summary>A constant in units of a scale, or null when nothing of that scale is equal to it.</summary>
    public static Int128? Exactly(SqlValue constant, int scale)
    {
        int finer = constant.Type.Scale - scale;
        if (finer <= 0)
        {
            return TryScale(constant.Units, -finer, out Int128 scaled) ? scaled : null;
        }

        (Int128 units, Int128 rest) = Int128.DivRem(constant.Units, Decimals.PowerOfTen(finer));
        return rest == 0 ? units : null;
    }

    /// <summary>The same outcome for every value; null for null.</summary>
    public static SqlExpression Decided(SqlExpression value, bool outcome) => new SqlCase(
        ColumnType.Boolean,
        [(new SqlCall(ColumnType.Boolean, SqlOperation.IsNotNull, [value]), new SqlValue(ColumnType.Boolean, outcome ? 1 : 0))],
        SqlValue.Null(ColumnType.Boolean));

    private static SqlExpression AtScaleOf(SqlExpression left, SqlOperation operation, SqlValue constant)
    {
        int finer = constant.Type.Scale - left.Type.Scale;
        if (finer <= 0)
        {
            // What does not fit in 128 bits is beyond anything that a row can hold.
            return TryScale(constant.Units, -finer, out Int128 scaled)
                ? Call(operation, left, new SqlValue(left.Type, scaled))
                : Decided(left, Holds(operation, -Int128.Sign(constant.Units)));
        }

        // With c between the neighbours f and f + 1: x < c and x <= c say x <= f, x > c and x >= c say x > f.
        (Int128 floor, Int128 rest) = Int128.DivRem(constant.Units, Decimals.PowerOfTen(finer));
        if (rest != 0)
        {
            if (operation is SqlOperation.Equal or SqlOperation.NotEqual)
            {
                return Decided(left, operation == SqlOperation.NotEqual);
            }

            floor -= rest < 0 ? 1 : 0;
            operation = operation is SqlOperation.Less or SqlOperation.LessOrEqual ? SqlOperation.LessOrEqual : SqlOperation.Greater;
        }

        return Call(operation, left, new SqlValue(left.Type, floor));
    }

    private static SqlExpression AtScale(SqlExpression number, ColumnType type) =>
        number.Type.Scale == type.Scale ? number : Conversion.To(number, type);

    private static SqlCall Call(SqlOperation operation, SqlExpression left, SqlExpression right) =>
        new(ColumnType.Boolean, operation, [left, right]);

    private static SqlOperation Flip(SqlOperation operation) => operation switch
    {
        SqlOperation.Less => SqlOperation.Greater,
        SqlOperation.LessOrEqual => SqlOperation.GreaterOrEqual,
        SqlOperation.Greater => SqlOperation.Less,
        SqlOperation.GreaterOrEqual => SqlOperation.LessOrEqual,
        _ => operation,
    };

    private static bool Holds(SqlOperation operation, int order) => operation switch
    {
        SqlOperation.Equal => order == 0,
        SqlOperation.NotEqual => order != 0,
        SqlOperation.Less => order < 0,
        SqlOperation.LessOrEqual => order <= 0,
        SqlOperation.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool TryScale(Int128 units, int digits, out Int128 scaled)
    {
        Int128 most = Int128.MaxValue / Decimals.PowerOfTen(digits);
        bool fits = units <= most && units >= -most;
        scaled = fits ? units * Decimals.PowerOfTen(digits) : 0;
        return fits;
    }
}
