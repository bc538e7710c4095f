using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine;

/// <summary>The least and greatest cell a column allows, both included.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
internal sealed record ValueBounds(long Minimum, long Maximum)
{
    /// <summary>The bounds a column declares, in its own units; null when it declares none.</summary>
    /// <exception cref="ArgumentException">A bound is no value of the column's type.</exception>
    public static ValueBounds? Of(ColumnDefinition column) => column.Minimum is null && column.Maximum is null
        ? null
        : new ValueBounds(
            column.Minimum is null ? long.MinValue : Read(column, column.Minimum),
            column.Maximum is null ? long.MaxValue : Read(column, column.Maximum));

    private static long Read(ColumnDefinition column, string text)
    {
        Decoded decoded = column.Type.Kind switch
        {
            ColumnKind.Integer => NumberParser.Integer(text),
            ColumnKind.Decimal => NumberParser.Decimal(text, column.Type with { Precision = 18 }),
            ColumnKind.Date or ColumnKind.Timestamp => DateDecoder.ReadIso(text, column.Type.Kind),
            _ => Decoded.Bad(FaultCode.NotANumber),
        };
        return decoded.Fault == FaultCode.None
            ? decoded.Value
            : throw new ArgumentException($"`{text}` is no {column.Type} for column `{column.Name}`");
    }
}
