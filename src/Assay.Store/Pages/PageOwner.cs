namespace Assay.Store;

/// <summary>Whose pages they are: those of one source of an API.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Source">Its source.</param>
/// <param name="Base">Where the API is, or what stands for that: pages of one place are never taken for those of another.</param>
public sealed record PageOwner(string Pipeline, string Source, string Base);
