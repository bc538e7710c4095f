namespace Assay.App.Generate;

/// <summary>A point in time: a base plus drawn days, hours, minutes and seconds. In seconds since 0001-01-01.</summary>
internal sealed class TimestampStep : BlockStep
{
    /// <summary>Seconds in a calendar day; generated times have no zone and no leap seconds.</summary>
    public const long SecondsPerDay = 86_400;

    /// <summary>The slot of the timestamp to count from, or -1 for the start date.</summary>
    public required int FromSlot { get; init; }

    /// <summary>What is added, each with the seconds that one of it lasts.</summary>
    public required IReadOnlyList<(NumberSource Source, long Seconds)> Parts { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        if (FromSlot < 0)
        {
            result.Fill(block.Settings.StartSeconds);
        }
        else
        {
            block.Slot(FromSlot).CopyTo(result);
        }

        long[] drawn = block.Borrow();
        foreach ((NumberSource source, long seconds) in Parts)
        {
            source.Fill(block, drawn.AsSpan(0, result.Length));
            for (int i = 0; i < result.Length; i++)
            {
                result[i] += drawn[i] * seconds;
            }
        }

        block.Return(drawn);
    }
}
