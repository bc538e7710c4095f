using System.Globalization;

namespace Assay.Data;

/// <summary>Reads the literals that need more than a look.</summary>
internal static class Literals
{
    public static LiteralExpression Number(Token token, bool negative, int position)
    {
        string text = token.Value;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int scale = point < 0 ? 0 : text.Length - point - 1;
        if (scale > ColumnType.MaxScale)
        {
            throw new ExpressionException(
                $"a number can have at most {ColumnType.MaxScale} digits after its point, not {scale}", token.Position);
        }

        string digits = (negative ? "-" : "") + text.Replace(".", "", StringComparison.Ordinal);
        return Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 units)
            ? LiteralExpression.Number(units, scale, position)
            : throw new ExpressionException("this number does not fit in 128 bits", token.Position);
    }

    public static LiteralExpression Moment(Token name, Token text)
    {
        if (name.IsWord("date"))
        {
            return Calendar.TryParseDate(text.Value, out long days)
                ? LiteralExpression.Date(days, name.Position)
                : throw new ExpressionException($"'{text.Value}' is not a date", text.Position, "write it as date '2024-01-31'");
        }

        return Calendar.TryParseTimestamp(text.Value, out long microseconds)
            ? LiteralExpression.Timestamp(microseconds, name.Position)
            : throw new ExpressionException(
                $"'{text.Value}' is not a timestamp", text.Position, "write it as timestamp '2024-01-31 18:30:00'");
    }

    /// <summary>Reads a type in a cast, where a computed decimal may have more digits than a column.</summary>
    public static bool TryParseType(string text, out ColumnType type)
    {
        if (ColumnType.TryParse(text, out type))
        {
            return true;
        }

        string[] parts = text.ToLowerInvariant().Split('(', ',', ')');
        if (parts.Length != 4
            || parts[0] != "decimal"
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int precision)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
            || precision is < 1 or > ColumnType.MaxPrecision
            || scale > Math.Min(precision, ColumnType.MaxScale))
        {
            return false;
        }

        type = ColumnType.Decimal(precision, scale);
        return true;
    }
}
