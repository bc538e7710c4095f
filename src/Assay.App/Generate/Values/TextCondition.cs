namespace Assay.App.Generate;

/// <summary>Looks up whether the chosen entry's text passes.</summary>
/// <param name="slot">The slot with the entry's index.</param>
/// <param name="passes">Per entry, whether it passes.</param>
internal sealed class TextCondition(int slot, bool[] passes) : Condition
{
    /// <inheritdoc/>
    public override void Narrow(RowBlock block, Span<long> flags)
    {
        ReadOnlySpan<long> entries = block.Slot(slot);
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] &= passes[entries[i]] ? 1 : 0;
        }
    }
}
