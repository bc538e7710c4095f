using System.Globalization;
using Assay.Data;
using Assay.Store;

namespace Assay;

/// <summary>Turns the cells of result tables into the values that programs use.</summary>
internal static class Cells
{
    private const int MostDecimalDigits = 28;

    /// <summary>A cell by its own type: text, <see cref="long"/>, <see cref="decimal"/>, <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> or null.</summary>
    /// <exception cref="OverflowException">The type has not enough digits.</exception>
    public static object? Plain(object? cell, ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer when cell is Int128 number => To(typeof(long), number, type),
        ColumnKind.Decimal when cell is Int128 number => To(typeof(decimal), number, type),
        _ => cell,
    };

    /// <summary>A cell that is not null as a type.</summary>
    /// <returns>The value, or null when the cell is none of that type.</returns>
    /// <exception cref="OverflowException">The type has not enough digits.</exception>
    public static object? To(Type wanted, object cell, ColumnType type)
    {
        if (wanted == typeof(string))
        {
            return CellText.Of(cell, type);
        }

        if (cell is not Int128 units)
        {
            return wanted == cell.GetType() ? cell : null;
        }

        bool isWhole = type.Kind == ColumnKind.Integer;
        return wanted == typeof(decimal) ? ToDecimal(units, type.Scale)
            : wanted == typeof(double) ? double.Parse(Decimals.Format(units, type.Scale), CultureInfo.InvariantCulture)
            : wanted == typeof(Int128) && isWhole ? units
            : wanted == typeof(long) && isWhole ? checked((long)units)
            : wanted == typeof(int) && isWhole ? checked((int)units)
            : null;
    }

    /// <summary>A decimal of Assay as one of .NET's; zeros at the end are given up where there are too many digits.</summary>
    /// <exception cref="OverflowException">It has more digits than that holds.</exception>
    public static decimal ToDecimal(Int128 units, int scale)
    {
        Int128 magnitude = Int128.Abs(units);
        while (scale > 0 && (scale > MostDecimalDigits || magnitude >> 96 != 0) && magnitude % 10 == 0)
        {
            magnitude /= 10;
            scale--;
        }

        if (scale > MostDecimalDigits || magnitude >> 96 != 0)
        {
            throw new OverflowException($"{Decimals.Format(units, scale)} has more digits than System.Decimal holds; take it as a string.");
        }

        return new decimal((int)(uint)(magnitude & uint.MaxValue), (int)(uint)((magnitude >> 32) & uint.MaxValue), (int)(uint)(magnitude >> 64), units < 0, (byte)scale);
    }
}
