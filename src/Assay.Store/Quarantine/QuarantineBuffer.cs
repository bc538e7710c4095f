using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Store;

/// <summary>
/// The rejected rows of one block, as the bytes of the quarantine's CSV. A worker fills it and hands it to
/// <see cref="QuarantineWriter.Append"/>; it is filled again and again, and a row allocates nothing.
/// </summary>
public sealed class QuarantineBuffer
{
    /// <summary>A buffer that grew past this for an unusual block is given back to the system.</summary>
    internal const int MostKept = 4 << 20;

    private const int FirstSize = 64 << 10;
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n"u8);
    private static readonly byte[][] CodeNames =
        [.. Enum.GetValues<FaultCode>().Select(code => Encoding.UTF8.GetBytes(code.Name()))];

    private byte[] _bytes = new byte[FirstSize];
    private byte[] _valid = [];
    private int _length;

    /// <summary>How many rows it holds.</summary>
    public int Rows { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    internal int Capacity => _bytes.Length;

    /// <summary>Adds a rejected row. All texts are UTF-8; in the value and the record, bytes that are not are
    /// written as U+FFFD.</summary>
    /// <param name="file">The file, as the run was given it.</param>
    /// <param name="row">The record's number in the file, 1 for the first after the header.</param>
    /// <param name="offset">Where the record's first byte stands in the (uncompressed) file.</param>
    /// <param name="column">The first column at fault; empty when the record as a whole is.</param>
    /// <param name="code">What is wrong.</param>
    /// <param name="value">The raw value; empty when there is none.</param>
    /// <param name="expected">What was expected instead, in words.</param>
    /// <param name="also">Further faults of the row as <c>column:code</c>, joined with <c>"; "</c>.</param>
    /// <param name="record">The raw record, line end left out.</param>
    public void Add(
        ReadOnlySpan<byte> file,
        long row,
        long offset,
        ReadOnlySpan<byte> column,
        FaultCode code,
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> expected,
        ReadOnlySpan<byte> also,
        ReadOnlySpan<byte> record)
    {
        AddField(file);
        AddNumber(row);
        AddNumber(offset);
        AddField(column);
        AddField(CodeNames[(int)code]);
        AddRaw(value);
        AddField(expected);
        AddField(also);
        AddRaw(record);
        _bytes[_length - 1] = (byte)'\n';
        Rows++;
    }

    /// <summary>Empties the buffer, to be filled again.</summary>
    internal void Clear()
    {
        _length = 0;
        Rows = 0;
        if (_bytes.Length > MostKept)
        {
            _bytes = new byte[FirstSize];
        }

        if (_valid.Length > MostKept)
        {
            _valid = [];
        }
    }

    private void AddNumber(long number)
    {
        Reserve(24);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out int written);
        _length += written;
        _bytes[_length++] = (byte)',';
    }

    private void AddRaw(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            AddField(bytes);
        }
        else
        {
            AddField(MakeValid(bytes));
        }
    }

    /// <summary>Adds a field and the comma after it.</summary>
    private void AddField(ReadOnlySpan<byte> text)
    {
        int special = text.IndexOfAny(NeedQuotes);
        if (special < 0)
        {
            Reserve(text.Length + 1);
            text.CopyTo(_bytes.AsSpan(_length));
            _length += text.Length;
        }
        else
        {
            Reserve((text.Length * 2) + 3);
            AddQuoted(text);
        }

        _bytes[_length++] = (byte)',';
    }

    private void AddQuoted(ReadOnlySpan<byte> text)
    {
        Span<byte> target = _bytes.AsSpan(_length);
        int at = 0;
        target[at++] = (byte)'"';
        for (int quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            text[..(quote + 1)].CopyTo(target[at..]);
            at += quote + 1;
            target[at++] = (byte)'"';
            text = text[(quote + 1)..];
        }

        text.CopyTo(target[at..]);
        at += text.Length;
        target[at++] = (byte)'"';
        _length += at;
    }

    private ReadOnlySpan<byte> MakeValid(ReadOnlySpan<byte> bytes)
    {
        // One byte that is not UTF-8 becomes at most the three bytes of U+FFFD.
        if (_valid.Length < bytes.Length * 3)
        {
            _valid = new byte[bytes.Length * 3];
        }

        int length = 0;
        while (!bytes.IsEmpty)
        {
            // What is not UTF-8 decodes to U+FFFD.
            _ = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
            length += rune.EncodeToUtf8(_valid.AsSpan(length));
            bytes = bytes[consumed..];
        }

        return _valid.AsSpan(0, length);
    }

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
