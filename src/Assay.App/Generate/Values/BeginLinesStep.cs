namespace Assay.App.Generate;

/// <summary>Lays out the lines of the rows: how many each has, and the slots that all lines have.</summary>
/// <param name="count">How many lines a row has, 1 to <see cref="LineSlots.MostLines"/>.</param>
internal sealed class BeginLinesStep(NumberSource count) : BlockStep
{
    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        RowBlock lines = block.Lines!;
        Span<long> counts = block.Slot(Slot);
        count.Fill(block, counts);
        int at = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            long number = block.FirstRow + row;
            for (int line = 0; line < counts[row]; line++, at++)
            {
                lines.Values[LineSlots.Row][at] = row;
                lines.Values[LineSlots.RowNumber][at] = number;
                lines.Values[LineSlots.Line][at] = line;
                lines.Values[LineSlots.Id][at] = (number * LineSlots.MostLines) + line;
            }
        }

        lines.Count = at;
    }
}
