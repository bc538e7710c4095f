namespace Assay.App.Generate;

/// <summary>Writes the same text for every row.</summary>
internal sealed class ConstantWriter(byte[] text, bool special) : FieldWriter(text.Length, special)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
