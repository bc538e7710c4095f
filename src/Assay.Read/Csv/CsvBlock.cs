using Assay.Data;

namespace Assay.Read;

/// <summary>A run of whole records in a worker's own buffer.</summary>
internal sealed class CsvBlock
{
    /// <summary>The bytes past a block's last that vector loads may touch.</summary>
    public const int Slack = 128;

    private readonly int _usual;

    /// <summary>Makes an empty block.</summary>
    /// <param name="usual">The bytes a block usually has.</param>
    /// <param name="layout">Any file's layout, until the first block is read.</param>
    public CsvBlock(int usual, CsvLayout layout)
    {
        _usual = usual;
        Layout = layout;
        Bytes = GC.AllocateUninitializedArray<byte>(usual + Slack);
    }

    /// <summary>The buffer.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>How many of its bytes are the block's.</summary>
    public int Length { get; set; }

    /// <summary>Whether the file ends with the block.</summary>
    public bool Final { get; set; }

    /// <summary>Whether there may be quotes in it.</summary>
    public bool HasQuotes { get; set; }

    /// <summary>Unless none, the block is the first bytes of one bad record, whose others were skipped.</summary>
    public FaultCode Skipped { get; set; }

    /// <summary>Where its first byte stands in the uncompressed file.</summary>
    public long Offset { get; set; }

    /// <summary>Its number in reading order, over all files.</summary>
    public long Sequence { get; set; }

    /// <summary>Which file it is of.</summary>
    public int File { get; set; }

    /// <summary>What that file's header says.</summary>
    public CsvLayout Layout { get; set; }

    /// <summary>The block's bytes.</summary>
    public ReadOnlySpan<byte> Span => Bytes.AsSpan(0, Length);

    /// <summary>Makes room for some bytes, keeping the first.</summary>
    /// <param name="capacity">How many there should be room for.</param>
    /// <param name="kept">How many to keep.</param>
    public void Reserve(int capacity, int kept)
    {
        if (Bytes.Length < capacity + Slack)
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>(capacity + Slack);
            Bytes.AsSpan(0, kept).CopyTo(bytes);
            Bytes = bytes;
        }
    }

    /// <summary>Gives up a buffer that a long record had made grow.</summary>
    public void Shrink()
    {
        // Twice the usual size is what the texts of quoted fields can make of it, block after block.
        if (Bytes.Length > (2 * _usual) + (2 * Slack))
        {
            Bytes = GC.AllocateUninitializedArray<byte>(_usual + Slack);
        }
    }
}
