namespace Assay.App.Generate;

/// <summary>A part of a dataset's rows: those of some days in a row. The parts together are all rows, each once.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct GeneratePart(int Index, int Count);
