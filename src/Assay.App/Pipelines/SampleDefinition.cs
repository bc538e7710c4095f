namespace Assay.App.Pipelines;

/// <summary>The sample that is generated when a source is given no file.</summary>
/// <param name="Generate">The file that says how, a full path.</param>
/// <param name="Dataset">Which of that file's datasets, or null when it declares only one.</param>
/// <param name="Rows">How many rows it has; null leaves it to the file.</param>
/// <param name="Seed">What its random numbers start from.</param>
public sealed record SampleDefinition(string Generate, string? Dataset, long? Rows, ulong Seed);
