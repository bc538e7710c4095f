using System.Runtime.CompilerServices;
using Assay.Data;

namespace Assay.Read;

/// <summary>A run of whole records in a worker's own buffer, and where their fields lie.</summary>
/// <param name="columns">The fields of a record.</param>
/// <param name="usual">The bytes a block usually has.</param>
internal sealed class XmlBlock(int columns, int usual)
{
    /// <summary>What stands for a field that a record does not have.</summary>
    public const long Missing = -1L << 32;

    private readonly int _usual = usual;
    private int[] _ends = new int[256];

    /// <summary>The buffer.</summary>
    public byte[] Bytes { get; private set; } = GC.AllocateUninitializedArray<byte>(usual + XmlWindow.Slack);

    /// <summary>How many of its bytes are the block's.</summary>
    public int Length { get; set; }

    /// <summary>Where its first byte stands in the file's text.</summary>
    public long Offset { get; set; }

    /// <summary>Its number in reading order, over all files.</summary>
    public long Sequence { get; set; }

    /// <summary>Which file it is of.</summary>
    public int File { get; set; }

    /// <summary>The number of its first record in the file, from 1.</summary>
    public long FirstRow { get; set; }

    /// <summary>How many columns a record has.</summary>
    public int Columns { get; } = columns;

    /// <summary>How many records there are.</summary>
    public int Rows { get; private set; }

    /// <summary>By record, then column: where a field starts, and in the upper half its length.</summary>
    public long[] Fields { get; private set; } = new long[256 * columns];

    /// <summary>By record: where its raw text starts.</summary>
    public int[] RecordStarts { get; private set; } = new int[256];

    /// <summary>By record: the bytes of its raw text that are kept.</summary>
    public int[] RecordLengths { get; private set; } = new int[256];

    /// <summary>By record: what is wrong with it.</summary>
    public FaultCode[] Faults { get; private set; } = new FaultCode[256];

    /// <summary>The fields whose raw text is not yet their text.</summary>
    public List<XmlFieldToDecode> ToDecode { get; } = [];

    /// <summary>By record: where it really ends.</summary>
    public ReadOnlySpan<int> RecordEnds => _ends.AsSpan(0, Rows);

    /// <summary>A field of a given place.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">Its bytes; -1 when it is missing.</param>
    /// <returns>As <see cref="Fields"/> has it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Field(int start, int length) => (uint)start | ((long)length << 32);

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        Rows = 0;
        Length = 0;
        ToDecode.Clear();
    }

    /// <summary>Makes room for a record, and sets its fields to <see cref="Missing"/>.</summary>
    public void Begin()
    {
        if (Rows == RecordStarts.Length)
        {
            int more = Rows * 2;
            RecordStarts = Larger(RecordStarts, more);
            RecordLengths = Larger(RecordLengths, more);
            Faults = Larger(Faults, more);
            Fields = Larger(Fields, more * Columns);
            _ends = Larger(_ends, more);
        }

        ClearFields();
    }

    /// <summary>Takes the fields of the record that was begun back.</summary>
    public void ClearFields() => Fields.AsSpan(Rows * Columns, Columns).Fill(Missing);

    /// <summary>Adds the record that was begun.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="kept">The bytes of its raw text that are kept.</param>
    /// <param name="fault">What is wrong with it.</param>
    public void Add(int start, int end, int kept, FaultCode fault)
    {
        RecordStarts[Rows] = start;
        RecordLengths[Rows] = kept;
        Faults[Rows] = fault;
        _ends[Rows++] = end;
    }

    /// <summary>Takes the last records back.</summary>
    /// <param name="rows">How many to keep.</param>
    public void Truncate(int rows)
    {
        Rows = rows;
        ToDecode.RemoveAll(field => field.Place >= rows * Columns);
    }

    /// <summary>Makes room for some bytes, keeping the first.</summary>
    /// <param name="capacity">How many there should be room for.</param>
    /// <param name="kept">How many to keep.</param>
    public void Reserve(int capacity, int kept)
    {
        if (Bytes.Length < capacity + XmlWindow.Slack)
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>(Math.Max(capacity, kept * 2) + XmlWindow.Slack);
            Bytes.AsSpan(0, kept).CopyTo(bytes);
            Bytes = bytes;
        }
    }

    /// <summary>Gives up a buffer that a long record had made grow.</summary>
    public void Shrink()
    {
        // Twice the usual size is what the decoded texts can make of it, block after block.
        if (Bytes.Length > (2 * _usual) + (2 * XmlWindow.Slack))
        {
            Bytes = GC.AllocateUninitializedArray<byte>(_usual + XmlWindow.Slack);
        }
    }

    private static T[] Larger<T>(T[] items, int length)
    {
        Array.Resize(ref items, length);
        return items;
    }
}
