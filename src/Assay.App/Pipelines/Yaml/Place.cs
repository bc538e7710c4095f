namespace Assay.App.Pipelines;

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, in characters from 1.</param>
internal readonly record struct Place(int Line, int Column);
