using System.Buffers.Binary;
using Assay.Data;

namespace Assay.Store;

/// <summary>
/// Rows in the binary format of PostgreSQL's COPY (its documentation: "COPY", "Binary Format"); values are as the types'
/// receive functions read them (<c>numeric_recv</c>, <c>date_recv</c>, <c>timestamp_recv</c> …). All is big-endian.
/// </summary>
internal sealed class CopyBuffer : RowBuffer
{
    /// <summary>The days from 1970-01-01 to 2000-01-01, where PostgreSQL's dates begin.</summary>
    private const int EpochDays = 10_957;

    private const long EpochMicroseconds = EpochDays * 86_400_000_000;

    /// <summary>A value's length, which stands before it.</summary>
    private const int Head = sizeof(int);

    private const int Null = -1;

    private readonly int _fixedBytes;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="columns">The columns that rows have.</param>
    /// <param name="enough">How many bytes are worth sending.</param>
    public CopyBuffer(Schema columns, int enough)
        : base("postgres", columns, enough) => _fixedBytes = sizeof(short) + ((Head + NumericBytes.Most) * Columns.Length);

    /// <summary>What starts a COPY: its signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What ends one.</summary>
    public static ReadOnlySpan<byte> Trailer => [0xFF, 0xFF];

    protected override void Write(RowBatch rows, int row)
    {
        Span<byte> to = Room(_fixedBytes);
        BinaryPrimitives.WriteInt16BigEndian(to, (short)Columns.Length);
        int at = sizeof(short);
        for (int i = 0; i < Columns.Length; i++)
        {
            Vector column = rows.Columns[i];
            if (column.IsNull(row))
            {
                BinaryPrimitives.WriteInt32BigEndian(to[at..], Null);
                at += Head;
            }
            else if (Columns[i].Type.Kind == ColumnKind.String)
            {
                ReadOnlySpan<byte> text = Text(rows, column, row);
                if (text.Contains((byte)0))
                {
                    throw Refusal(i, "a text with a NUL character, which PostgreSQL cannot hold; let a cleaning rule take it out, or a check set such rows aside");
                }

                if (to.Length - at < text.Length + _fixedBytes)
                {
                    to = Room(at + text.Length + _fixedBytes);
                }

                BinaryPrimitives.WriteInt32BigEndian(to[at..], text.Length);
                text.CopyTo(to[(at + Head)..]);
                at += Head + text.Length;
            }
            else
            {
                int length = Write(to[(at + Head)..], column, row, i);
                BinaryPrimitives.WriteInt32BigEndian(to[at..], length);
                at += Head + length;
            }
        }

        Length += at;
    }

    private int Write(Span<byte> to, Vector column, int row, int ordinal)
    {
        ColumnType type = Columns[ordinal].Type;
        switch (type.Kind)
        {
            case ColumnKind.Integer:
                BinaryPrimitives.WriteInt64BigEndian(to, Integer(column, row, ordinal));
                return sizeof(long);
            case ColumnKind.Decimal:
                return column.IsWide
                    ? NumericBytes.Write(to, column.Wide[row], type.Scale)
                    : NumericBytes.Write(to, column.Values[row], type.Scale);
            case ColumnKind.Boolean:
                to[0] = (byte)column.Values[row];
                return sizeof(byte);
            case ColumnKind.Date:
                BinaryPrimitives.WriteInt32BigEndian(to, (int)column.Values[row] - EpochDays);
                return sizeof(int);
            case ColumnKind.Timestamp:
                BinaryPrimitives.WriteInt64BigEndian(to, column.Values[row] - EpochMicroseconds);
                return sizeof(long);
            default:
                throw new InvalidOperationException($"A value of type {type} has no fixed size.");
        }
    }
}
