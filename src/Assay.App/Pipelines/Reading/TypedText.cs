using System.Globalization;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Bounds of a column as a pipeline writes them: numbers with a point, dates as <c>2024-01-31</c>, timestamps also as <c>2024-01-31 12:00:00</c>.</summary>
internal static class TypedText
{
    private static readonly string[] TimestampFormats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];

    /// <summary>Finds what is wrong with a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="type">The column's type.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Check(string text, ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : $"`{text}` is not a whole number",
        ColumnKind.Decimal => CheckDecimal(text, type),
        ColumnKind.Date => Moment(text, TimestampFormats[..1]) is null ? $"`{text}` is not a date, for example `2024-01-31`" : null,
        _ => Moment(text, TimestampFormats) is null ? $"`{text}` is not a timestamp, for example `2024-01-31 12:00:00`" : null,
    };

    /// <summary>Whether one value is greater than another. Both must be right.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <param name="type">The column's type.</param>
    /// <returns>True when it is.</returns>
    public static bool IsGreater(string left, string right, ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer or ColumnKind.Decimal => Number(left) > Number(right),
        ColumnKind.Date or ColumnKind.Timestamp => Moment(left, TimestampFormats) > Moment(right, TimestampFormats),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Only numbers and dates have an order here."),
    };

    private static string? CheckDecimal(string text, ColumnType type)
    {
        // Columns have at most 18 digits, so every value of one fits the framework's 28.
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || text.Length > 28)
        {
            return $"`{text}` is not a number";
        }

        return decimal.Round(value, type.Scale) == value ? null : $"`{text}` has more decimals than {type}";
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static DateTime? Moment(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime value) ? value : null;
}
