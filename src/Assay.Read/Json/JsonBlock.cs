namespace Assay.Read;

/// <summary>A run of records in a worker's own buffer.</summary>
internal sealed class JsonBlock(int usual)
{
    /// <summary>The bytes past a block's last that may be written to or loaded: a zero, and vectors.</summary>
    public const int Slack = 256;

    private readonly int _usual = usual;

    /// <summary>The buffer.</summary>
    public byte[] Bytes { get; private set; } = GC.AllocateUninitializedArray<byte>(usual + Slack);

    /// <summary>How many of its bytes are the block's.</summary>
    public int Length { get; set; }

    /// <summary>What comes after it.</summary>
    public JsonBlockEnd End { get; set; }

    /// <summary>Whether no record of the list comes before it.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether it is the single record of a document.</summary>
    public bool IsSingle { get; set; }

    /// <summary>Whether the file ends here; such a block is empty.</summary>
    public bool IsFinal { get; set; }

    /// <summary>Why a document could not be read on, if the fault is outside of its records; it is where <see cref="Before"/> leads.</summary>
    public string? Fault { get; set; }

    /// <summary>Where its first byte stands in the uncompressed file.</summary>
    public long Offset { get; set; }

    /// <summary>Its number in reading order, over all files.</summary>
    public long Sequence { get; set; }

    /// <summary>Which file it is of.</summary>
    public int File { get; set; }

    /// <summary>How far the text leads that stands between the block before and this one. Not known for lines.</summary>
    public TextPlace Before { get; set; }

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

    /// <summary>
    /// Makes room behind the block and the zero after it for as many bytes again: the texts of all strings of a block
    /// are no longer than the block.
    /// </summary>
    public void ReserveTexts() => Reserve((2 * Math.Max(Length, _usual)) + 1, Length + 1);

    /// <summary>Gives up a buffer that a long record had made grow, and all that was said of the block before.</summary>
    public void Clear()
    {
        // Twice the usual size is what the texts of strings with escapes can make of it, block after block.
        if (Bytes.Length > (2 * _usual) + (2 * Slack))
        {
            Bytes = GC.AllocateUninitializedArray<byte>(_usual + Slack);
        }

        Length = 0;
        End = JsonBlockEnd.Line;
        (IsFirst, IsSingle, IsFinal) = (false, false, false);
        Fault = null;
        Before = default;
    }
}
