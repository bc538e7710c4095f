using System.Buffers;

namespace Assay.App.Generate;

/// <summary>Writes a value with some of its bytes replaced by what the format writes for them.</summary>
internal sealed class EscapedWriter : FieldWriter
{
    private readonly FieldWriter _inner;
    private readonly SearchValues<byte> _escaped;
    private readonly byte[]?[] _replacements;

    /// <summary>Prepares the replacements.</summary>
    /// <param name="inner">The value.</param>
    /// <param name="escaped">The bytes that are replaced; ASCII.</param>
    /// <param name="replacement">What each becomes; at most six bytes.</param>
    public EscapedWriter(FieldWriter inner, SearchValues<byte> escaped, Func<byte, byte[]> replacement)
        : base(6 * inner.MaxBytes, special: false)
    {
        _inner = inner;
        _escaped = escaped;
        _replacements = [.. Enumerable.Range(0, 128).Select(b => escaped.Contains((byte)b) ? replacement((byte)b) : null)];
    }

    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        int length = _inner.Write(block, index, destination);
        int first = destination[..length].IndexOfAny(_escaped);
        if (first < 0)
        {
            return length;
        }

        // From the end, so that the text can be moved in place.
        int total = length;
        foreach (byte b in destination[first..length])
        {
            total += Replacement(b) is { } longer ? longer.Length - 1 : 0;
        }

        int to = total;
        for (int from = length - 1; from >= first; from--)
        {
            byte b = destination[from];
            if (Replacement(b) is { } replacement)
            {
                to -= replacement.Length;
                replacement.CopyTo(destination[to..]);
            }
            else
            {
                destination[--to] = b;
            }
        }

        return total;
    }

    private byte[]? Replacement(byte b) => b < 128 ? _replacements[b] : null;
}
