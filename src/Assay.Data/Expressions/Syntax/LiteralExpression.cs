namespace Assay.Data;

/// <summary>A value written out: null, a number, text, true or false, a date, a timestamp.</summary>
/// <param name="Position">Where it begins in its text.</param>
/// <param name="Type">Its type; null for the literal <c>null</c>, which takes the type of its surroundings.</param>
/// <param name="Units">The value as a <see cref="Vector"/> cell holds it: a whole number, a decimal in units of
/// 10^-scale, 1 or 0, days or microseconds since 1970; 0 for text and null.</param>
/// <param name="Text">The text of a string, else null.</param>
public sealed record LiteralExpression(int Position, ColumnType? Type, Int128 Units, string? Text) : Expression(Position)
{
    /// <inheritdoc/>
    public override IEnumerable<Expression> Children => [];

    /// <summary>The literal <c>null</c>.</summary>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression Null(int position = 0) => new(position, null, 0, null);

    /// <summary>A number.</summary>
    /// <param name="units">Its value in units of 10^-<paramref name="scale"/>.</param>
    /// <param name="scale">The digits after the point; 0 makes an integer.</param>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression Number(Int128 units, int scale, int position = 0) =>
        new(position, scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, scale), units, null);

    /// <summary>A text.</summary>
    /// <param name="text">The text, without quotes.</param>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression String(string text, int position = 0) => new(position, ColumnType.String, 0, text);

    /// <summary>True or false.</summary>
    /// <param name="value">Which of them.</param>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression Boolean(bool value, int position = 0) => new(position, ColumnType.Boolean, value ? 1 : 0, null);

    /// <summary>A date.</summary>
    /// <param name="days">Days since 1970-01-01.</param>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression Date(long days, int position = 0) => new(position, ColumnType.Date, days, null);

    /// <summary>A timestamp.</summary>
    /// <param name="microseconds">Microseconds since 1970-01-01T00:00:00.</param>
    /// <param name="position">Where it begins in its text.</param>
    /// <returns>The literal.</returns>
    public static LiteralExpression Timestamp(long microseconds, int position = 0) =>
        new(position, ColumnType.Timestamp, microseconds, null);

    internal override Expression MapChildren(Func<Expression, Expression> map) => this;
}
