namespace Assay.App.Generate;

/// <summary>Writes a whole number, or the row's number, with zeros in front.</summary>
/// <param name="slot">The slot with the number, or -1 for the number of the row.</param>
/// <param name="offset">What is added to it.</param>
/// <param name="width">The least number of digits.</param>
internal sealed class PaddedWriter(int slot, long offset, int width)
    : FieldWriter(Math.Max(Digits.MaxBytes, width + 1), special: false)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        long value = slot < 0 ? block.FirstRow + index : block.Values[slot][index];
        return Digits.WritePadded(destination, value + offset, width);
    }
}
