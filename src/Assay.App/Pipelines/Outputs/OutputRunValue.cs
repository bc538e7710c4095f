namespace Assay.App.Pipelines;

/// <summary>What a document tells of the run that wrote it.</summary>
/// <param name="Name">One of <see cref="PipelineKeys.RunValues"/>.</param>
internal sealed record OutputRunValue(string Name) : OutputNode;
