namespace Assay.Refine.Dedup;

/// <summary>What one call needs of memory while it works on a batch.</summary>
internal sealed class KeyScratch(int capacity, int stripes, int contentBytes)
{
    public int Capacity { get; } = capacity;

    /// <summary>The halves of the keys' hashes.</summary>
    public ulong[] First { get; } = new ulong[capacity];

    public ulong[] Second { get; } = new ulong[capacity];

    public ulong[] Nulls { get; } = new ulong[capacity];

    /// <summary>The rows by stripe, and where each stripe's begin.</summary>
    public int[] Rows { get; } = new int[capacity];

    public int[] Starts { get; } = new int[stripes + 1];

    /// <summary>The cells of one row.</summary>
    public byte[] Content { get; } = new byte[contentBytes];
}
