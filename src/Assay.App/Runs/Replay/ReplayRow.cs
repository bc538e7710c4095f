namespace Assay.App.Runs;

/// <summary>A row of a file of repaired rows.</summary>
/// <param name="Number">Its number in the file, 1 for the first after the header.</param>
/// <param name="Record">The record that it takes the place of; null when it is new.</param>
/// <param name="Table">The table that it names, or null.</param>
internal sealed record ReplayRow(long Number, RecordName? Record, string? Table);
