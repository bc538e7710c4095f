namespace Assay.App.Generate;

/// <summary>Puts a CSV field in quotes when its value needs them (RFC 4180, section 2).</summary>
/// <param name="inner">The value.</param>
/// <param name="delimiter">The byte between fields.</param>
internal sealed class QuotedWriter(FieldWriter inner, byte delimiter) : FieldWriter((2 * inner.MaxBytes) + 2, special: false)
{
    private const byte Quote = (byte)'"';

    /// <summary>Whether a text must be quoted.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> text, byte delimiter) =>
        text.ContainsAny(delimiter, Quote) || text.ContainsAny((byte)'\r', (byte)'\n');

    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        int length = inner.Write(block, index, destination);
        Span<byte> text = destination[..length];
        if (!IsNeeded(text, delimiter))
        {
            return length;
        }

        // From the end, so that the text can be moved in place.
        int total = length + text.Count(Quote) + 2;
        int to = total;
        destination[--to] = Quote;
        for (int from = length - 1; from >= 0; from--)
        {
            byte b = destination[from];
            destination[--to] = b;
            if (b == Quote)
            {
                destination[--to] = Quote;
            }
        }

        destination[0] = Quote;
        return total;
    }
}
