namespace Assay.App.Generate;

/// <summary>Adds a number of the lines up for each row.</summary>
internal sealed class SumStep : BlockStep
{
    /// <summary>The number of each line.</summary>
    public required NumberSource OfLine { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        RowBlock lines = block.Lines!;
        long[] borrowed = lines.Borrow();
        OfLine.Fill(lines, borrowed.AsSpan(0, lines.Count));
        Span<long> result = block.Slot(Slot);
        result.Clear();
        ReadOnlySpan<long> rows = lines.Slot(LineSlots.Row);
        for (int i = 0; i < rows.Length; i++)
        {
            result[(int)rows[i]] += borrowed[i];
        }

        lines.Return(borrowed);
    }
}
