namespace Assay.App.Generate;

/// <summary>Writes a timestamp in the format that was drawn for the row.</summary>
/// <param name="slot">The slot with the timestamp, in seconds since 0001-01-01.</param>
/// <param name="formatSlot">The slot with the format's index, or -1 for the only format.</param>
/// <param name="formats">The formats.</param>
/// <param name="special">Whether one of them holds bytes that a CSV field must be quoted for.</param>
internal sealed class TimestampWriter(int slot, int formatSlot, TimestampFormat[] formats, bool special)
    : FieldWriter(formats.Max(format => format.MaxBytes), special)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        long format = formatSlot < 0 ? 0 : block.Values[formatSlot][index];
        return formats[format].Write(block.Values[slot][index], destination);
    }
}
