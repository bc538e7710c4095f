namespace Assay.Refine.Dedup;

/// <summary>Byte strings side by side in large chunks, each known by a 32-bit address; nothing is ever moved or given back alone.</summary>
internal sealed class ByteArena
{
    /// <summary>128 KiB: an address is a chunk and an offset in it, so that an arena holds 4 GiB.</summary>
    private const int OffsetBits = 17;
    private const int ChunkSize = 1 << OffsetBits;

    private readonly List<byte[]> _chunks = [];
    private int _used = ChunkSize;

    /// <summary>Keeps bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Their address.</returns>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public uint Add(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > ChunkSize)
        {
            if (_chunks.Count == 1 << (32 - OffsetBits))
            {
                throw new InvalidOperationException("There are too many keys to compare: split the input into several runs.");
            }

            _chunks.Add(new byte[Math.Max(ChunkSize, bytes.Length)]);
            _used = 0;
        }

        uint address = ((uint)(_chunks.Count - 1) << OffsetBits) | (uint)_used;
        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        _used += bytes.Length;
        return address;
    }

    /// <summary>Everything from an address to the end of its chunk.</summary>
    /// <param name="address">What <see cref="Add"/> gave.</param>
    /// <returns>The bytes, those kept after them included.</returns>
    public ReadOnlySpan<byte> From(uint address) => _chunks[(int)(address >> OffsetBits)].AsSpan((int)(address & (ChunkSize - 1)));
}
