namespace Assay.App.Generate;

/// <summary>A step that is done for the lines of the rows.</summary>
/// <param name="inner">The step.</param>
internal sealed class LineStep(BlockStep inner) : BlockStep
{
    /// <inheritdoc/>
    public override void Evaluate(RowBlock block) => inner.Evaluate(block.Lines!);
}
