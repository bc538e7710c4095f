namespace Assay.App.Generate;

/// <summary>Writes its parts one after another.</summary>
internal sealed class TemplateWriter(FieldWriter[] parts)
    : FieldWriter(parts.Sum(part => part.MaxBytes), parts.Any(part => part.Special))
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        int at = 0;
        foreach (FieldWriter part in parts)
        {
            at += part.Write(block, index, destination[at..]);
        }

        return at;
    }
}
