namespace Assay.Sql;

/// <summary>Puts a table in the place of another, in one step, for databases that do not rename tables in transactions.</summary>
/// <param name="Table">The table that is replaced.</param>
/// <param name="By">The one that gets its name.</param>
/// <param name="Old">The name that the replaced one gets; no table has it.</param>
public sealed record ExchangeTable(string Table, string By, string Old) : SqlStatement;
