namespace Assay.App.Pipelines;

/// <summary>A JSON array.</summary>
/// <param name="Items">Its items.</param>
internal sealed record OutputList(IReadOnlyList<OutputNode> Items) : OutputNode;
