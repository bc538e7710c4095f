namespace Assay.App.Generate;

/// <summary>The number of the row, from 0, with something added to it.</summary>
/// <param name="slot">The slot whose value stands for the row number, or -1.</param>
/// <param name="offset">What is added.</param>
internal sealed class RowNumber(int slot, long offset) : NumberSource(0, offset, MostRows + offset)
{
    // More than anybody makes, and few enough that a row's number can still be multiplied exactly.
    private const long MostRows = 1_000_000_000_000;

    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (slot < 0 ? block.FirstRow + i : block.Values[slot][i]) + offset;
        }
    }
}
