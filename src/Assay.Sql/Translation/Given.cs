using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// What is computed of constants and placeholders alone. When the statement runs it is a constant, at the scale of what it is
/// compared with; so it is shown as one value, not as arithmetic that the database would do.
/// </summary>
internal static class Given
{
    /// <summary>The digits before the point that such a value is shown to have: few enough to compare with anywhere.</summary>
    private const int ShownDigits = 6;

    /// <summary>The two operands as one placeholder, or null when they are something else.</summary>
    public static SqlPlaceholder? Of(SqlOperation operation, SqlExpression left, SqlExpression right, ColumnType type)
    {
        bool isGiven = IsGiven(left) && IsGiven(right) && (left is SqlPlaceholder || right is SqlPlaceholder);
        return !isGiven ? null : operation switch
        {
            SqlOperation.Multiply => new SqlPlaceholder("", type) { Formula = $"{Factor(left)} * {Factor(right)}" },
            SqlOperation.Add => new SqlPlaceholder("", type) { Formula = $"{Term(left)} + {Term(right)}", IsSum = true },
            SqlOperation.Subtract => new SqlPlaceholder("", type) { Formula = $"{Term(left)} - {Factor(right, isLast: true)}", IsSum = true },
            _ => null,
        };
    }

    /// <summary>A placeholder of the scale of what it is compared with.</summary>
    public static SqlPlaceholder Beside(SqlPlaceholder given, ColumnType other) =>
        given with { Type = ColumnType.Decimal(ShownDigits + other.Scale, other.Scale) };

    private static bool IsGiven(SqlExpression operand) => operand is SqlPlaceholder || operand is SqlValue { IsNull: false, Type.IsNumeric: true };

    private static string Term(SqlExpression operand) => operand switch
    {
        SqlPlaceholder placeholder => placeholder.Formula ?? $":{placeholder.Name}",
        SqlValue value => SqlLiterals.Plain(value),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{operand.GetType().Name} is not given."), nameof(operand)),
    };

    /// <summary>An operand that is taken as one; the last of a difference may be a product as it is.</summary>
    private static string Factor(SqlExpression operand, bool isLast = false) =>
        operand is SqlPlaceholder { IsSum: true } || (operand is SqlValue value && value.Units < 0) || (operand is SqlPlaceholder { Formula: not null } && !isLast)
            ? $"({Term(operand)})"
            : Term(operand);
}
