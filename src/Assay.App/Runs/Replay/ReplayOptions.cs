namespace Assay.App.Runs;

/// <summary>Repaired rows that are to be loaded.</summary>
/// <param name="Source">The source that they belong to.</param>
/// <param name="Path">The file.</param>
internal sealed record ReplayOptions(string Source, string Path);
