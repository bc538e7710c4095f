namespace Assay.Data;

/// <summary>A small finished table, such as a KPI's: what the measuring room hands to whoever writes or shows it.</summary>
/// <remarks>
/// A cell is null or, by the kind of its column: String a <see cref="string"/>; Integer an <see cref="Int128"/>;
/// Decimal an <see cref="Int128"/> in units of 10^-scale of the column's type; Boolean a <see cref="bool"/>;
/// Date a <see cref="DateOnly"/>; Timestamp a <see cref="DateTime"/> of unspecified kind, to the microsecond.
/// </remarks>
/// <param name="Name">The name that its files carry.</param>
/// <param name="Title">The name that people read.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Rows">Its rows in their final order; each has one cell a column.</param>
public sealed record ResultTable(string Name, string Title, Schema Schema, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Figures about all its rows, those that a limit cut off included; in their order, none for a plain table.
    /// A table that has some is written to JSON as an object of its rows and these.</summary>
    public IReadOnlyList<ResultTotal> Totals { get; init; } = [];
}
