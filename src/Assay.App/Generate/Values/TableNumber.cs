namespace Assay.App.Generate;

/// <summary>A number of the table row that was picked.</summary>
/// <param name="pickSlot">The slot with the picked row's index.</param>
/// <param name="units">The number per table row.</param>
/// <param name="scale">Digits after the point.</param>
internal sealed class TableNumber(int pickSlot, long[] units, int scale)
    : NumberSource(scale, units.Min(), units.Max())
{
    /// <summary>The slot with the picked row's index.</summary>
    public int PickSlot { get; } = pickSlot;

    /// <summary>The number per table row.</summary>
    public long[] Units { get; } = units;

    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination)
    {
        ReadOnlySpan<long> picked = block.Slot(PickSlot);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Units[picked[i]];
        }
    }
}
