using System.Text;

namespace Assay.Store;

/// <summary>Writes the structures of a Parquet file's metadata in Thrift's compact protocol.</summary>
internal sealed class ThriftWriter(ByteBuffer into)
{
    private const byte True = 1;
    private const byte False = 2;
    private const byte Byte = 3;
    private const byte Integer = 5;
    private const byte Long = 6;
    private const byte Binary = 8;
    private const byte ListOf = 9;
    private const byte Struct = 12;

    private readonly Stack<int> _outer = [];
    private int _last;

    public void Write(int field, int value)
    {
        Field(field, Integer);
        Number(value);
    }

    public void Write(int field, long value)
    {
        Field(field, Long);
        Number(value);
    }

    public void WriteByte(int field, byte value)
    {
        Field(field, Byte);
        into.Add(value);
    }

    public void Write(int field, bool value) => Field(field, value ? True : False);

    public void Write(int field, ReadOnlySpan<byte> value)
    {
        Field(field, Binary);
        Bytes(value);
    }

    public void Write(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A list of integers.</summary>
    public void Write(int field, ReadOnlySpan<int> values)
    {
        Field(field, ListOf);
        ListHeader(values.Length, Integer);
        foreach (int value in values)
        {
            Number(value);
        }
    }

    /// <summary>A list of one text.</summary>
    public void WriteOne(int field, string value)
    {
        Field(field, ListOf);
        ListHeader(1, Binary);
        Bytes(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A list of structures, each between <see cref="Begin()"/> and <see cref="End"/>.</summary>
    public void BeginList(int field, int count)
    {
        Field(field, ListOf);
        ListHeader(count, Struct);
    }

    public void Begin(int field)
    {
        Field(field, Struct);
        Begin();
    }

    public void Begin()
    {
        _outer.Push(_last);
        _last = 0;
    }

    public void End()
    {
        into.Add(0);
        _last = _outer.Pop();
    }

    /// <summary>A structure without fields.</summary>
    public void Empty(int field)
    {
        Begin(field);
        End();
    }

    private void Field(int field, byte type)
    {
        int delta = field - _last;
        if (delta is > 0 and < 16)
        {
            into.Add((byte)((delta << 4) | type));
        }
        else
        {
            into.Add(type);
            Number(field);
        }

        _last = field;
    }

    private void Number(long value) => into.AddVarint((ulong)((value << 1) ^ (value >> 63)));

    private void Bytes(ReadOnlySpan<byte> value)
    {
        into.AddVarint((ulong)value.Length);
        into.Add(value);
    }

    private void ListHeader(int count, byte type)
    {
        if (count < 15)
        {
            into.Add((byte)((count << 4) | type));
        }
        else
        {
            into.Add((byte)(0xF0 | type));
            into.AddVarint((ulong)count);
        }
    }
}
