namespace Assay.App.Generate;

/// <summary>How often a kind of error was written.</summary>
/// <param name="Kind">Its name in the file.</param>
/// <param name="Rows">The rows that have it, or the lines for a kind that is declared for them.</param>
public sealed record ErrorCount(string Kind, long Rows);
