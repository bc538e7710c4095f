namespace Assay.App.Generate;

/// <summary>A table of the file: rows that are picked whole, so that their fields stay together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weights">How often each row is picked, against the others.</param>
/// <param name="Fields">The texts of each field: per row at least one, of which any may be written.</param>
internal sealed record PickTable(string Name, IReadOnlyList<double> Weights, IReadOnlyDictionary<string, string[][]> Fields);
