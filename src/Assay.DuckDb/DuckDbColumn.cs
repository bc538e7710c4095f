using Assay.Data;

namespace Assay.DuckDb;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">DuckDB's name of its type.</param>
/// <param name="Type">The type that holds its values without loss, or null when there is none (floating point,
/// lists, structs, …): cast such a column in the query.</param>
public sealed record DuckDbColumn(string Name, string TypeName, ColumnType? Type);
