namespace Assay.App.Engines;

/// <summary>What a run wrote to a table of a database.</summary>
/// <param name="Table">The table's name there.</param>
/// <param name="Rows">The rows written.</param>
/// <param name="Parts">The partitions that they are all of; null when the whole table was written.</param>
internal sealed record TableLoadNote(string Table, long Rows, int? Parts);
