namespace Assay.App.Generate;

/// <summary>Writes a number with its digits after the point.</summary>
/// <param name="slot">The slot with the number, in units of 10^-scale.</param>
/// <param name="scale">Digits after the point.</param>
/// <param name="leastScale">Zeros at the end are left out down to this number of digits after the point.</param>
internal sealed class NumberWriter(int slot, int scale, int leastScale) : FieldWriter(Digits.MaxBytes, special: false, isNumber: true)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination) =>
        Digits.Write(destination, block.Values[slot][index], scale, leastScale);
}
