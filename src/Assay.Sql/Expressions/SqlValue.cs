using Assay.Data;

namespace Assay.Sql;

/// <summary>A value: always a parameter when a statement runs.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Units">As a batch holds it: a number in units of 10^-scale, 1 or 0, days or microseconds since 1970; 0 for text and null.</param>
/// <param name="Text">A text; null for all else.</param>
/// <param name="IsNull">Whether it is null.</param>
public sealed record SqlValue(ColumnType Type, Int128 Units, string? Text = null, bool IsNull = false) : SqlExpression(Type)
{
    /// <summary>A null.</summary>
    /// <param name="type">The type it is a null of.</param>
    /// <returns>The value.</returns>
    public static SqlValue Null(ColumnType type) => new(type, 0, null, true);

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value.</returns>
    public static SqlValue Of(string text) => new(ColumnType.String, 0, text);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The value.</returns>
    public static SqlValue Of(long number) => new(ColumnType.Integer, number);
}
