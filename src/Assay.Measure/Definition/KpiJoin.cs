using Assay.Data;

namespace Assay.Measure;

/// <summary>
/// A left join: each row of the KPI's table gets the columns of the one row of another table whose key equals a column
/// of it, or of what was joined to it before; nulls when there is none, or when the column is null. Keys are unique, so rows are never multiplied.
/// </summary>
/// <param name="Table">The other table.</param>
/// <param name="Column">The column of the KPI's table or, when it has none of that name, of a table joined before.</param>
/// <param name="Key">The key column of the other table, of the same type.</param>
public sealed record KpiJoin(string Table, string Column, string Key)
{
    /// <summary>Whether a column can be joined with a key: equal values of both are held in the same way.</summary>
    /// <param name="column">The type of the column.</param>
    /// <param name="key">The type of the key.</param>
    /// <returns>True for types of one kind, and for numbers of one scale.</returns>
    public static bool AreComparable(ColumnType column, ColumnType key) =>
        column.IsNumeric ? key.IsNumeric && column.Scale == key.Scale : column.Kind == key.Kind;
}
