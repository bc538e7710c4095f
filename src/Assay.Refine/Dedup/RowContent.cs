using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>
/// The cells of a row as bytes: equal rows give equal bytes, and the cells can be told from them. A cell is a tag
/// and what the tag says: nothing for null, a number's significant bytes, a text of up to 24 bytes, or the first
/// 16 bytes of a longer one and its hash.
/// </summary>
internal static class RowContent
{
    private const int LongestText = 24;
    private const int Prefix = 16;
    private const int HashSize = 16;
    private const byte Null = 0;
    private const byte LongText = 1;
    private const byte Sized = 2;

    /// <summary>The most bytes that a cell takes.</summary>
    public const int MostCellBytes = 1 + Prefix + HashSize;

    /// <summary>Writes a row's cells.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="into">Room for <see cref="MostCellBytes"/> a column.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(RowBatch rows, ReadOnlySpan<int> columns, int row, Span<byte> into)
    {
        int at = 0;
        foreach (int ordinal in columns)
        {
            Vector column = rows.Columns[ordinal];
            if (column.IsNull(row))
            {
                into[at++] = Null;
            }
            else if (column.Type.Kind != ColumnKind.String)
            {
                at += WriteNumber(column, row, into[at..]);
            }
            else
            {
                ReadOnlySpan<byte> text = column.IsRaw ? column.Raw(rows.RawBytes, row) : rows.Texts[(int)column.Values[row]];
                at += WriteText(text, into[at..]);
            }
        }

        return at;
    }

    /// <summary>How many bytes a cell takes.</summary>
    /// <param name="cells">Bytes that begin with the cell.</param>
    /// <returns>Its bytes, the tag included.</returns>
    public static int LengthOf(ReadOnlySpan<byte> cells) => cells[0] switch
    {
        Null => 1,
        LongText => MostCellBytes,
        var sized => 1 + sized - Sized,
    };

    /// <summary>A cell as people read it; of a long text its beginning.</summary>
    /// <param name="cells">Bytes that begin with the cell.</param>
    /// <param name="type">The column's type.</param>
    /// <returns>The text, or null.</returns>
    public static string? Format(ReadOnlySpan<byte> cells, ColumnType type)
    {
        if (cells[0] == Null)
        {
            return null;
        }

        if (cells[0] == LongText)
        {
            return Beginning(cells.Slice(1, Prefix));
        }

        ReadOnlySpan<byte> body = cells[1..LengthOf(cells)];
        if (type.Kind == ColumnKind.String)
        {
            return Encoding.UTF8.GetString(body);
        }

        Int128 value = ReadNumber(body);
        return type.Kind switch
        {
            ColumnKind.Boolean => value != 0 ? "true" : "false",
            ColumnKind.Date => DateOnly.FromDayNumber((int)(long)value + UnixEpochDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Timestamp => DateTime.UnixEpoch.AddTicks((long)value * TimeSpan.TicksPerMicrosecond)
                .ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            _ => Decimals.Format(value, type.Scale),
        };
    }

    private static int UnixEpochDay { get; } = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static int WriteNumber(Vector column, int row, Span<byte> into)
    {
        // Zigzag: small numbers of either sign have few significant bytes, and however wide a vector is, the same ones.
        int length;
        if (column.IsWide)
        {
            Int128 wide = column.Wide[row];
            var zigzag = (UInt128)((wide << 1) ^ (wide >> 127));
            BinaryPrimitives.WriteUInt128LittleEndian(into[1..], zigzag);
            length = 16 - ((int)UInt128.LeadingZeroCount(zigzag) / 8);
        }
        else
        {
            long value = column.Values[row];
            ulong zigzag = (ulong)((value << 1) ^ (value >> 63));
            BinaryPrimitives.WriteUInt64LittleEndian(into[1..], zigzag);
            length = 8 - ((int)ulong.LeadingZeroCount(zigzag) / 8);
        }

        into[0] = (byte)(Sized + length);
        return 1 + length;
    }

    private static Int128 ReadNumber(ReadOnlySpan<byte> body)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        body.CopyTo(bytes);
        UInt128 zigzag = BinaryPrimitives.ReadUInt128LittleEndian(bytes);
        return (Int128)(zigzag >> 1) ^ -(Int128)(zigzag & 1);
    }

    private static int WriteText(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (text.Length <= LongestText)
        {
            into[0] = (byte)(Sized + text.Length);
            text.CopyTo(into[1..]);
            return 1 + text.Length;
        }

        into[0] = LongText;
        text[..Prefix].CopyTo(into[1..]);
        BinaryPrimitives.WriteUInt128LittleEndian(into[(1 + Prefix)..], KeyHasher.Hash(text));
        return MostCellBytes;
    }

    /// <summary>A text's first bytes, without the last character when it is cut in two.</summary>
    private static string Beginning(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.Length;
        while (end > 0 && Rune.DecodeLastFromUtf8(bytes[..end], out _, out _) != System.Buffers.OperationStatus.Done)
        {
            end--;
        }

        return Encoding.UTF8.GetString(bytes[..end]) + "…";
    }
}
