namespace Assay.App.Generate;

/// <summary>Writes some of a value's characters.</summary>
/// <param name="inner">The value.</param>
/// <param name="from">The first character, from 0.</param>
/// <param name="to">The one after the last; those that are not there are left out.</param>
internal sealed class SliceWriter(FieldWriter inner, int from, int to) : FieldWriter(inner.MaxBytes, inner.Special)
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        Span<byte> text = destination[..inner.Write(block, index, destination)];
        int begin = Offset(text, from);
        int end = begin + Offset(text[begin..], to - from);
        text[begin..end].CopyTo(destination);
        return end - begin;
    }

    /// <summary>Where a character begins, or the end of the text.</summary>
    private static int Offset(ReadOnlySpan<byte> text, int characters)
    {
        int at = 0;
        while (at < text.Length && characters > 0)
        {
            at++;
            while (at < text.Length && (text[at] & 0xC0) == 0x80)
            {
                at++;
            }

            characters--;
        }

        return at;
    }
}
