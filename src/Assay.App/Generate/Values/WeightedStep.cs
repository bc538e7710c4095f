namespace Assay.App.Generate;

/// <summary>The index of an entry, drawn by weight.</summary>
internal sealed class WeightedStep : BlockStep
{
    /// <summary>Where the random bits come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The weights, ready to draw from.</summary>
    public required AliasTable Weights { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        Draws.Fill(block, result);
        Weights.Pick(result);
    }
}
