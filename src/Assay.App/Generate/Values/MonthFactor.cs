namespace Assay.App.Generate;

/// <summary>A number that depends on the calendar month of a timestamp.</summary>
/// <param name="timestampSlot">The slot with the timestamp, in seconds since 0001-01-01.</param>
/// <param name="units">Twelve numbers, January first.</param>
/// <param name="scale">Digits after the point.</param>
internal sealed class MonthFactor(int timestampSlot, long[] units, int scale)
    : NumberSource(scale, units.Min(), units.Max())
{
    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination)
    {
        ReadOnlySpan<long> seconds = block.Slot(timestampSlot);
        for (int i = 0; i < destination.Length; i++)
        {
            DateOnly day = DateOnly.FromDayNumber((int)(seconds[i] / TimestampStep.SecondsPerDay));
            destination[i] = units[day.Month - 1];
        }
    }
}
