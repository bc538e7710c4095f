using System.Text;

namespace Assay.Data;

/// <summary>Bytes to put a text together in, used again and again.</summary>
internal sealed class TextBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public TextBuffer Clear()
    {
        _length = 0;
        return this;
    }

    public TextBuffer Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Space(text.Length));
        _length += text.Length;
        return this;
    }

    public void Append(Rune rune) => _length += rune.EncodeToUtf8(Space(4));

    /// <summary>At least so many bytes to write to; <see cref="Advance"/> tells how many were written.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }

    public void Advance(int bytes) => _length += bytes;
}
