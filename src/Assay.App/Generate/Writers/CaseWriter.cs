namespace Assay.App.Generate;

/// <summary>Writes a value in capital or small letters; those beyond ASCII stay as they are.</summary>
/// <param name="inner">The value.</param>
/// <param name="upper">Whether in capitals.</param>
internal sealed class CaseWriter(FieldWriter inner, bool upper) : FieldWriter(inner.MaxBytes, inner.Special)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        int length = inner.Write(block, index, destination);
        (byte first, byte last) = upper ? ((byte)'a', (byte)'z') : ((byte)'A', (byte)'Z');
        foreach (ref byte b in destination[..length])
        {
            b = b >= first && b <= last ? (byte)(b ^ 0x20) : b;
        }

        return length;
    }
}
