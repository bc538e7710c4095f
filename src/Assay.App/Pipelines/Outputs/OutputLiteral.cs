namespace Assay.App.Pipelines;

/// <summary>A value that the pipeline's file says itself.</summary>
/// <param name="Text">The text, or what JSON writes for a number, <c>true</c>, <c>false</c> or <c>null</c>.</param>
/// <param name="IsText">Whether it is a text.</param>
internal sealed record OutputLiteral(string Text, bool IsText) : OutputNode;
