using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Assay.Read;

/// <summary>The text of a file as UTF-8, whatever it is in the file. What is no character becomes a byte that is not UTF-8.</summary>
/// <param name="bytes">The file after its byte order mark; disposed with this.</param>
/// <param name="encoding">What it is encoded in.</param>
internal sealed class TextInput(ByteInput bytes, TextEncoding encoding) : IDisposable
{
    private const int Units = 16 * 1024;
    private const byte Invalid = 0xFF;

    private readonly ByteInput _bytes = bytes;
    private readonly TextEncoding _encoding = encoding;
    private readonly byte[] _raw = encoding.Kind == TextEncodingKind.Utf8 ? [] : new byte[2 * Units];
    private readonly char[] _units = encoding.Kind == TextEncodingKind.Utf8 ? [] : new char[(2 * Units) + 1];
    private readonly byte[] _text = encoding.Kind == TextEncodingKind.Utf8 ? [] : new byte[(6 * Units) + 8];
    private int _rawCount;
    private int _unitCount;
    private int _textFrom;
    private int _textTo;
    private bool _ended;
    private ReadOnlyMemory<byte> _putBack;

    /// <summary>What the file is encoded in.</summary>
    public TextEncodingKind Encoding => _encoding.Kind;

    /// <summary>How many bytes of the file were read, as they are on disk.</summary>
    public long BytesRead => _bytes.BytesRead;

    /// <summary>Reads some text.</summary>
    /// <param name="buffer">Where to put it; not empty.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="ReadException">The file cannot be read, or its compressed data is damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        if (!_putBack.IsEmpty)
        {
            int again = Math.Min(_putBack.Length, buffer.Length);
            _putBack.Span[..again].CopyTo(buffer);
            _putBack = _putBack[again..];
            return again;
        }

        if (_encoding.Kind == TextEncodingKind.Utf8)
        {
            return _bytes.Read(buffer);
        }

        while (_textFrom == _textTo)
        {
            if (_ended)
            {
                return 0;
            }

            Decode();
        }

        int taken = Math.Min(buffer.Length, _textTo - _textFrom);
        _text.AsSpan(_textFrom, taken).CopyTo(buffer);
        _textFrom += taken;
        return taken;
    }

    /// <summary>Gives text back, to be read again next.</summary>
    /// <param name="text">The last bytes read.</param>
    public void PutBack(ReadOnlyMemory<byte> text) => _putBack = text;

    /// <summary>Passes over text at the start that was read before; less if there is no more.</summary>
    /// <param name="count">How many bytes of UTF-8.</param>
    public void Skip(long count) => ByteInput.Skip(count, Read);

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private void Decode()
    {
        int read = _bytes.Read(_raw.AsSpan(_rawCount));
        _ended = read == 0;
        _rawCount += read;
        TakeUnits();
        ReadOnlySpan<char> units = _units.AsSpan(0, _unitCount);
        _textFrom = 0;
        _textTo = 0;
        while (true)
        {
            OperationStatus status = Utf8.FromUtf16(
                units, _text.AsSpan(_textTo), out int used, out int written, replaceInvalidSequences: false, isFinalBlock: _ended);
            units = units[used..];
            _textTo += written;
            if (status != OperationStatus.InvalidData)
            {
                break;
            }

            units = units[1..];
            _text[_textTo++] = Invalid;
        }

        // At most the first half of a pair, whose second is in the next bytes.
        units.CopyTo(_units);
        _unitCount = units.Length;
        if (_ended && _rawCount > 0)
        {
            _text[_textTo++] = Invalid;
            _rawCount = 0;
        }
    }

    private void TakeUnits()
    {
        if (_encoding.Single is { } characters)
        {
            foreach (byte each in _raw.AsSpan(0, _rawCount))
            {
                _units[_unitCount++] = characters[each];
            }

            _rawCount = 0;
            return;
        }

        ReadOnlySpan<byte> pairs = _raw.AsSpan(0, _rawCount & ~1);
        Span<short> units = MemoryMarshal.Cast<char, short>(_units.AsSpan(_unitCount, pairs.Length / 2));
        pairs.CopyTo(MemoryMarshal.AsBytes(units));
        if (BitConverter.IsLittleEndian != (_encoding.Kind == TextEncodingKind.LittleEndian))
        {
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        _unitCount += units.Length;
        _raw[0] = _raw[Math.Max(_rawCount - 1, 0)];
        _rawCount &= 1;
    }
}
