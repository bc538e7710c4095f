namespace Assay.App.Generate;

/// <summary>For a line, a number of its row.</summary>
/// <param name="inner">The row's number.</param>
internal sealed class ParentNumber(NumberSource inner) : NumberSource(inner.Scale, inner.Min, inner.Max)
{
    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination)
    {
        RowBlock parent = block.Parent!;
        long[] numbers = parent.Borrow();
        inner.Fill(parent, numbers.AsSpan(0, parent.Count));
        ReadOnlySpan<long> rows = block.Slot(LineSlots.Row);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = numbers[rows[i]];
        }

        parent.Return(numbers);
    }
}
