namespace Assay.App.Engines;

/// <summary>Rows that refer to a row that is not there: the reference is null in the database.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column with the value that was not found.</param>
/// <param name="References">The table it was looked for in.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record OrphanNote(string Table, string Column, string References, long Rows);
