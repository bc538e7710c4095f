namespace Assay.App.Generate;

/// <summary>Gives each line the value that its row has.</summary>
internal sealed class RepeatStep : BlockStep
{
    /// <summary>The slot of the rows.</summary>
    public required int RowSlot { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        ReadOnlySpan<long> rows = block.Slot(LineSlots.Row);
        ReadOnlySpan<long> values = block.Parent!.Slot(RowSlot);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[(int)rows[i]];
        }
    }
}
