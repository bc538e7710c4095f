namespace Assay.App.Generate;

/// <summary>The table's rows one after another, and again from the first.</summary>
internal sealed class InTurnStep : BlockStep
{
    /// <summary>The slot that stands for the row number, or -1.</summary>
    public required int EntitySlot { get; init; }

    /// <summary>How many rows the table has.</summary>
    public required int Count { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        ReadOnlySpan<long> entities = EntitySlot < 0 ? default : block.Slot(EntitySlot);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (EntitySlot < 0 ? block.FirstRow + i : entities[i]) % Count;
        }
    }
}
