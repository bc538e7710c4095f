namespace Assay.Sql;

/// <summary>Takes all rows of one table into another: a row replaces the one of the same key, others are added.</summary>
/// <param name="Table">The table that takes them.</param>
/// <param name="Staging">The name of the table they come from, with the columns in <paramref name="Columns"/>.</param>
/// <param name="Columns">The columns taken.</param>
public sealed record UpsertFrom(SqlTable Table, string Staging, IReadOnlyList<string> Columns) : SqlStatement;
