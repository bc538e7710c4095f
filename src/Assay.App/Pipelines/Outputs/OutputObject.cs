namespace Assay.App.Pipelines;

/// <summary>A JSON object.</summary>
/// <param name="Members">Its members, in order.</param>
internal sealed record OutputObject(IReadOnlyList<(string Name, OutputNode Value)> Members) : OutputNode;
