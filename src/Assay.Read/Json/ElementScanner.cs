using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>
/// Finds where the elements of a list end, by following strings, brackets and braces only. In a list that is well
/// formed up to some place, what is found up to there is right.
/// </summary>
internal abstract class ElementScanner
{
    /// <summary>The scanner at a width.</summary>
    /// <param name="width">The width, or null for the widest that is fast on this machine.</param>
    /// <returns>The scanner.</returns>
    public static ElementScanner For(VectorWidth? width) => (width ?? VectorWidths.Best) switch
    {
        VectorWidth.Bits512 => new Sized<ByteChunk512>(),
        VectorWidth.Bits256 => new Sized<ByteChunk256>(),
        VectorWidth.Bits128 => new Sized<ByteChunk128>(),
        _ => new Sized<ByteChunkScalar>(),
    };

    /// <summary>Scans a stretch.</summary>
    /// <param name="bytes">The buffer, with 64 bytes or more after the text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="to">Where to end.</param>
    /// <param name="state">Where the scan stands; good for the next stretch when nothing was found that ends it.</param>
    /// <param name="first">Whether to end at the first comma, rather than tell the last.</param>
    /// <returns>What was found.</returns>
    public abstract ElementScan Scan(byte[] bytes, int from, int to, ref ElementState state, bool first);

    private sealed class Sized<TChunk> : ElementScanner
        where TChunk : struct, IByteChunk<TChunk>
    {
        public override ElementScan Scan(byte[] bytes, int from, int to, ref ElementState state, bool first)
        {
            ref byte source = ref MemoryMarshal.GetArrayDataReference(bytes);
            int depth = state.Depth;
            int comma = -1;
            for (int at = from; at < to; at += 64)
            {
                TChunk chunk = TChunk.Load(ref Unsafe.Add(ref source, at));
                int count = Math.Min(64, to - at);
                ulong valid = ulong.MaxValue >> (64 - count);
                ulong outside = ~state.Step(chunk, count, valid) & valid;
                ulong opens = (chunk.Equal((byte)'{') | chunk.Equal((byte)'[')) & outside;
                ulong closes = (chunk.Equal((byte)'}') | chunk.Equal((byte)']')) & outside;
                if (depth > BitOperations.PopCount(closes))
                {
                    // Nothing in these bytes is between elements.
                    depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
                    continue;
                }

                for (ulong rest = opens | closes | (chunk.Equal((byte)',') & outside); rest != 0; rest &= rest - 1)
                {
                    ulong bit = rest & (0 - rest);
                    if ((opens & bit) != 0)
                    {
                        depth++;
                    }
                    else if ((closes & bit) != 0)
                    {
                        if (--depth < 0)
                        {
                            return new ElementScan(comma, at + BitOperations.TrailingZeroCount(bit));
                        }
                    }
                    else if (depth == 0)
                    {
                        comma = at + BitOperations.TrailingZeroCount(bit);
                        if (first)
                        {
                            return new ElementScan(comma, -1);
                        }
                    }
                }
            }

            state.Depth = depth;
            return new ElementScan(comma, -1);
        }
    }
}
