using Assay.Data;

namespace Assay.Sql;

/// <summary>A column.</summary>
/// <param name="Table">The table's or inner query's name; null where there is only one.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type.</param>
public sealed record SqlColumnReference(string? Table, string Name, ColumnType Type) : SqlExpression(Type);
