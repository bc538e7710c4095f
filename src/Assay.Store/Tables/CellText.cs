using System.Globalization;
using Assay.Data;

namespace Assay.Store;

/// <summary>How a cell is written, the same in every output.</summary>
public static class CellText
{
    /// <summary>The text of a cell that is not null.</summary>
    /// <param name="cell">A cell as <see cref="ResultTable"/> holds it.</param>
    /// <param name="type">The type of its column.</param>
    /// <exception cref="ArgumentException">The cell is not what its column's type calls for.</exception>
    public static string Of(object cell, ColumnType type) => (type.Kind, cell) switch
    {
        (ColumnKind.String, string text) => text,
        (ColumnKind.Integer, Int128 units) => Decimals.Format(units, 0),
        (ColumnKind.Decimal, Int128 units) => Decimals.Format(units, type.Scale),
        (ColumnKind.Boolean, bool truth) => truth ? "true" : "false",
        (ColumnKind.Date, DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // The F's leave out the fraction, and its point, when it is zero.
        (ColumnKind.Timestamp, DateTime moment) =>
            moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {cell.GetType().Name} cannot be a cell of type {type}.", nameof(cell)),
    };
}
