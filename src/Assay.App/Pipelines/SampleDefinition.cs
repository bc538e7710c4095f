namespace Assay.App.Pipelines;

/// <summary>The sample that is generated when a source is given no file.</summary>
/// <param name="Generate">The file that says how, a full path.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Seed">What its random numbers start from.</param>
public sealed record SampleDefinition(string Generate, long Rows, ulong Seed);
