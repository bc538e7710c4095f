namespace Assay.App.Generate;

/// <summary>Writes, for a line, a value of its row.</summary>
/// <param name="inner">Writes the row's value.</param>
internal sealed class ParentWriter(FieldWriter inner) : FieldWriter(inner.MaxBytes, inner.Special, inner.IsNumber)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination) =>
        inner.Write(block.Parent!, (int)block.Values[LineSlots.Row][index], destination);
}
