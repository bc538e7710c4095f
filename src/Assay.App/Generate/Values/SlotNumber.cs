namespace Assay.App.Generate;

/// <summary>The number that another value has for the row.</summary>
internal sealed class SlotNumber(int slot, int scale, Int128 min, Int128 max) : NumberSource(scale, min, max)
{
    /// <summary>The slot that holds it.</summary>
    public int Slot { get; } = slot;

    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination) => block.Slot(Slot).CopyTo(destination);
}
