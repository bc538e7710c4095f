using System.Runtime.CompilerServices;

namespace Assay.Read;

/// <summary>Where a scan of a list stands between two chunks of 64 bytes.</summary>
internal struct ElementState
{
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    private ulong _inside;
    private ulong _escaped;

    /// <summary>How many brackets and braces are open inside the list.</summary>
    public int Depth { get; set; }

    /// <summary>Takes the next chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="count">How many of its bytes count.</param>
    /// <param name="valid">Those bytes.</param>
    /// <returns>The bytes that stand in strings, opening quotes included, closing ones not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Step<TChunk>(TChunk chunk, int count, ulong valid)
        where TChunk : struct, IByteChunk<TChunk>
    {
        ulong quotes = chunk.Equal((byte)'"') & valid;
        ulong backslashes = chunk.Equal((byte)'\\') & valid;
        if ((backslashes | _escaped) != 0)
        {
            quotes &= ~Escaped(backslashes, count);
        }

        ulong inside = QuoteState.PrefixXor(quotes) ^ _inside;
        _inside = (ulong)((long)inside >> 63);
        return inside;
    }

    /// <summary>
    /// The bytes after an odd number of backslashes: an odd one at an even place, or the reverse, where a run begins,
    /// carries through the run when it is added. (Langdale and Lemire, Parsing gigabytes of JSON per second, 2019, 3.1.1.)
    /// </summary>
    private ulong Escaped(ulong backslashes, int count)
    {
        backslashes &= ~_escaped;
        ulong follows = (backslashes << 1) | _escaped;
        ulong oddStarts = backslashes & ~EvenBits & ~follows;
        ulong sum = unchecked(oddStarts + backslashes);
        ulong overflow = sum < backslashes ? 1UL : 0;
        ulong escaped = (EvenBits ^ (sum << 1)) & follows;
        _escaped = count == 64 ? overflow : (escaped >> count) & 1;
        return escaped;
    }
}
