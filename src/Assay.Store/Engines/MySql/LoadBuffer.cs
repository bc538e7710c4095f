using System.Buffers;
using System.Buffers.Text;
using Assay.Data;

namespace Assay.Store;

/// <summary>
/// Rows as text for LOAD DATA with its default format: fields end with a tab, lines with a line feed, a backslash escapes,
/// <c>\N</c> is null (MariaDB's and MySQL's documentation: "LOAD DATA").
/// </summary>
internal sealed class LoadBuffer : RowBuffer
{
    /// <summary>Room for the longest value that is not text: a sign, 39 digits, a point and a zero before it.</summary>
    private const int MostOfValue = 48;

    private const byte Tab = (byte)'\t';
    private const byte LineFeed = (byte)'\n';
    private const byte Backslash = (byte)'\\';

    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\0\t\n\\"u8);

    private readonly int[] _limits;
    private readonly int _fixedBytes;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="columns">The columns that rows have.</param>
    /// <param name="limits">The most characters of each column's text, 0 for as many as there are.</param>
    /// <param name="enough">How many bytes are worth sending.</param>
    public LoadBuffer(Schema columns, int[] limits, int enough)
        : base("mysql", columns, enough)
    {
        _limits = limits;
        _fixedBytes = (MostOfValue + 1) * Columns.Length;
    }

    protected override void Write(RowBatch rows, int row)
    {
        Span<byte> to = Room(_fixedBytes);
        int at = 0;
        for (int i = 0; i < Columns.Length; i++)
        {
            Vector column = rows.Columns[i];
            if (column.IsNull(row))
            {
                to[at++] = Backslash;
                to[at++] = (byte)'N';
            }
            else if (Columns[i].Type.Kind == ColumnKind.String)
            {
                ReadOnlySpan<byte> text = Text(rows, column, row);
                RequireFit(text, i);
                if (to.Length - at < (text.Length * 2L) + _fixedBytes)
                {
                    to = Room(checked(at + (text.Length * 2) + _fixedBytes));
                }

                at += Escape(to[at..], text);
            }
            else
            {
                at += Write(to[at..], column, row, i);
            }

            to[at++] = i == Columns.Length - 1 ? LineFeed : Tab;
        }

        Length += at;
    }

    private static int Escape(Span<byte> to, ReadOnlySpan<byte> text)
    {
        int at = 0;
        for (int plain; (plain = text.IndexOfAny(Escaped)) >= 0; text = text[(plain + 1)..])
        {
            text[..plain].CopyTo(to[at..]);
            at += plain;
            to[at++] = Backslash;
            to[at++] = text[plain] switch { 0 => (byte)'0', Tab => (byte)'t', LineFeed => (byte)'n', _ => Backslash };
        }

        text.CopyTo(to[at..]);
        return at + text.Length;
    }

    private int Write(Span<byte> to, Vector column, int row, int ordinal)
    {
        ColumnType type = Columns[ordinal].Type;
        switch (type.Kind)
        {
            case ColumnKind.Integer:
                Utf8Formatter.TryFormat(Integer(column, row, ordinal), to, out int digits);
                return digits;
            case ColumnKind.Decimal:
                return Decimal(to, column, row, type.Scale);
            case ColumnKind.Boolean:
                to[0] = (byte)('0' + column.Values[row]);
                return 1;
            case ColumnKind.Date:
                return MomentText.WriteDate(to, column.Values[row]);
            case ColumnKind.Timestamp:
                return MomentText.WriteTimestamp(to, column.Values[row]);
            default:
                throw new InvalidOperationException($"A value of type {type} has no greatest length.");
        }
    }

    private static int Decimal(Span<byte> to, Vector column, int row, int scale)
    {
        int at = 0;
        int length;
        Span<byte> digits = stackalloc byte[MostOfValue];
        if (column.IsWide)
        {
            Int128 units = column.Wide[row];
            if (units < 0)
            {
                to[at++] = (byte)'-';
            }

            (units < 0 ? (UInt128)0 - (UInt128)units : (UInt128)units).TryFormat(digits, out length, default, null);
        }
        else
        {
            long units = column.Values[row];
            if (units < 0)
            {
                to[at++] = (byte)'-';
            }

            Utf8Formatter.TryFormat(units < 0 ? 0UL - (ulong)units : (ulong)units, digits, out length);
        }

        // At least one digit stands before the point: MariaDB takes ".5", but people read what is sent, too.
        int zeros = Math.Max(0, scale + 1 - length);
        to.Slice(at, zeros).Fill((byte)'0');
        digits[..length].CopyTo(to[(at + zeros)..]);
        int end = at + zeros + length;
        if (scale > 0)
        {
            to[(end - scale)..end].CopyTo(to[(end - scale + 1)..]);
            to[end - scale] = (byte)'.';
            end++;
        }

        return end;
    }

    private void RequireFit(ReadOnlySpan<byte> text, int ordinal)
    {
        // A character has a byte at least, so only longer texts need counting; their code points are what a varchar counts.
        int limit = _limits[ordinal];
        if (limit > 0 && text.Length > limit && CodePoints(text) > limit)
        {
            throw Refusal(ordinal, $"a text of more than {limit} characters, the most that MySQL and MariaDB index; "
                + "shorten it with a cleaning rule, or let a check set such rows aside");
        }
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte one in text)
        {
            // Every byte but those that continue a character, 10xxxxxx, starts one.
            count += (one & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }
}
