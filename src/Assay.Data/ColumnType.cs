using System.Globalization;

namespace Assay.Data;

/// <summary>The type of a column: its kind and, for decimals, how many digits it holds.</summary>
/// <param name="Kind">The kind of value.</param>
/// <param name="Precision">For decimals the total number of digits allowed on input (1 to 38), else 0.</param>
/// <param name="Scale">For decimals the digits after the point (0 to 30), else 0.</param>
public readonly record struct ColumnType(ColumnKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>The largest scale an expression can produce; past it the binder asks for <c>round</c>.</summary>
    public const int MaxScale = 30;

    /// <summary>The most digits a 128-bit value is sure to hold.</summary>
    public const int MaxPrecision = 38;

    /// <summary>Text.</summary>
    public static ColumnType String { get; } = new(ColumnKind.String);

    /// <summary>A 64-bit whole number.</summary>
    public static ColumnType Integer { get; } = new(ColumnKind.Integer);

    /// <summary>True or false.</summary>
    public static ColumnType Boolean { get; } = new(ColumnKind.Boolean);

    /// <summary>A calendar date.</summary>
    public static ColumnType Date { get; } = new(ColumnKind.Date);

    /// <summary>A date with a time of day.</summary>
    public static ColumnType Timestamp { get; } = new(ColumnKind.Timestamp);

    /// <summary>True for integers and decimals.</summary>
    public bool IsNumeric => Kind is ColumnKind.Integer or ColumnKind.Decimal;

    /// <summary>A decimal with <paramref name="precision"/> digits in all, <paramref name="scale"/> of them after the point.</summary>
    /// <param name="precision">1 to 38.</param>
    /// <param name="scale">0 to 30.</param>
    /// <returns>The type.</returns>
    public static ColumnType Decimal(int precision, int scale) => new(ColumnKind.Decimal, precision, scale);

    /// <summary>Reads a type as a pipeline writes it: <c>string</c>, <c>integer</c>, <c>decimal(12,2)</c>, <c>boolean</c>, <c>date</c>, <c>timestamp</c>.</summary>
    /// <param name="text">The type's name; case and spaces do not matter.</param>
    /// <param name="type">The type, when it was understood.</param>
    /// <returns>False when the text names no type.</returns>
    public static bool TryParse(string text, out ColumnType type)
    {
        string name = text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        type = name switch
        {
            "string" => String,
            "integer" => Integer,
            "boolean" => Boolean,
            "date" => Date,
            "timestamp" => Timestamp,
            _ => default,
        };
        if (type != default || name == "string")
        {
            return true;
        }

        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')'))
        {
            return false;
        }

        string[] parts = name["decimal(".Length..^1].Split(',');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int precision)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
            || precision is < 1 or > 18 || scale > precision)
        {
            return false;
        }

        type = Decimal(precision, scale);
        return true;
    }

    /// <summary>The type as a pipeline writes it.</summary>
    /// <returns>For example <c>decimal(12,2)</c>.</returns>
    public override string ToString() => Kind == ColumnKind.Decimal
        ? string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})")
        : Kind.ToString().ToLowerInvariant();
}
