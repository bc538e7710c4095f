using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Writes a value into a reason's text.</summary>
internal static class ReasonText
{
    public static string Write(ReasonPart part, ColumnType type, Vector value, int row, TextPool texts)
    {
        if (value.IsNull(row))
        {
            return "null";
        }

        if (type.IsNumeric)
        {
            return Number(part, value.Get(row), type.Scale);
        }

        return Cells.Read(value, row, new Column("", type), texts) switch
        {
            DateOnly date => date.ToString("yyyy-MM-dd", null),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", null),
            bool truth => truth ? "true" : "false",
            var text => (string)text!,
        };
    }

    private static string Number(ReasonPart part, Int128 units, int scale)
    {
        if (part.Percent)
        {
            // Multiplying by 100 moves the point two places; below scale 2 the digits are added.
            (units, scale) = scale >= 2 ? (units, scale - 2) : (checked(units * Decimals.PowerOfTen(2 - scale)), 0);
        }

        int decimals = part.Decimals ?? scale;
        string text = Decimals.Format(Decimals.Rescale(units, scale, decimals), decimals);
        return (part.Thousands ? Decimals.WithThousands(text) : text) + (part.Percent ? "%" : "");
    }
}
