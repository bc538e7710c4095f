using Assay.Data;

namespace Assay.Sql;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values; what a database holds them as is its dialect's to say.</param>
/// <param name="IsRequired">Whether it is never null; key columns always are.</param>
public sealed record SqlColumn(string Name, ColumnType Type, bool IsRequired = false);
