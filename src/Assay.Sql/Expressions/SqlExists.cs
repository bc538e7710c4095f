using Assay.Data;

namespace Assay.Sql;

/// <summary>Whether a table has a row that a condition holds for.</summary>
/// <param name="Table">The table's name; its columns refer to it by that name.</param>
/// <param name="Where">The condition, which may name the outer table's columns.</param>
public sealed record SqlExists(string Table, SqlExpression Where) : SqlExpression(ColumnType.Boolean)
{
    /// <summary>Another name that the table's columns refer to it by, for a table that the outer query reads, too; null for its own.</summary>
    public string? As { get; init; }
}
