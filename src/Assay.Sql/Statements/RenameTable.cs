namespace Assay.Sql;

/// <summary>Gives a table another name.</summary>
/// <param name="Table">Its name.</param>
/// <param name="To">The name it gets; no table has it.</param>
public sealed record RenameTable(string Table, string To) : SqlStatement;
