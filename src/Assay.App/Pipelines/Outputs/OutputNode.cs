namespace Assay.App.Pipelines;

/// <summary>A part of a published document.</summary>
internal abstract record OutputNode;
