using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>
/// The structural index: the places of all delimiters and line ends of a block, outside of quotes, found 64 bytes
/// at a time as bit masks.
/// </summary>
internal static class SeparatorIndex
{
    private const byte Lf = (byte)'\n';

    /// <summary>Room in the lists is made once for so many bytes.</summary>
    private const int Segment = 4096;

    /// <summary>Writing takes no notice of how many bits there are, up to so many.</summary>
    private const int Overrun = 64;

    /// <summary>Indexes a block that has no quotes.</summary>
    /// <param name="bytes">The buffer, with 64 bytes or more after the block.</param>
    /// <param name="length">The block's length.</param>
    /// <param name="delimiter">The byte between fields.</param>
    /// <param name="ends">The place of each separator is added.</param>
    /// <param name="rowEnds">For each LF, its place in <paramref name="ends"/> is added.</param>
    /// <returns>Whether all bytes are ASCII.</returns>
    public static bool Plain<TChunk>(byte[] bytes, int length, byte delimiter, PositionList ends, PositionList rowEnds)
        where TChunk : struct, IByteChunk<TChunk>
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(bytes);
        ulong nonAscii = 0;
        for (int at = 0; at < length;)
        {
            ends.Reserve(Segment + Overrun);
            rowEnds.Reserve(Segment + Overrun);
            ref int end = ref MemoryMarshal.GetArrayDataReference(ends.Items);
            ref int rowEnd = ref MemoryMarshal.GetArrayDataReference(rowEnds.Items);
            int count = ends.Count;
            int rows = rowEnds.Count;
            for (int stop = Math.Min(at + Segment, length); at < stop; at += 64)
            {
                TChunk chunk = TChunk.Load(ref Unsafe.Add(ref source, at));
                ulong valid = Valid(stop - at);
                ulong lf = chunk.Equal(Lf) & valid;
                ulong separators = (chunk.Equal(delimiter) & valid) | lf;
                nonAscii |= chunk.NonAscii & valid;
                rows += RowEnds(ref Unsafe.Add(ref rowEnd, rows), lf, separators, count);
                count += TChunk.WritePlaces(separators, at, ref Unsafe.Add(ref end, count));
            }

            ends.Truncate(count);
            rowEnds.Truncate(rows);
        }

        return nonAscii == 0;
    }

    /// <summary>Indexes a block that has quotes.</summary>
    /// <param name="bytes">The buffer, with 64 bytes or more after the block.</param>
    /// <param name="length">The block's length; its last byte is an LF.</param>
    /// <param name="delimiter">The byte between fields.</param>
    /// <param name="ends">The place of each separator outside of quotes is added.</param>
    /// <param name="rowEnds">For each LF among them, its place in <paramref name="ends"/> is added.</param>
    /// <param name="pairs">The place of the second of each doubled quote inside a field is added.</param>
    /// <param name="ascii">Whether all bytes are ASCII.</param>
    /// <returns>Whether all quoted fields are closed properly; if not, what was added is worth nothing.</returns>
    public static bool Quoted<TChunk>(
        byte[] bytes,
        int length,
        byte delimiter,
        PositionList ends,
        PositionList rowEnds,
        PositionList pairs,
        out bool ascii)
        where TChunk : struct, IByteChunk<TChunk>
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(bytes);
        QuoteState state = QuoteState.AtRecord;
        ulong nonAscii = 0;
        for (int at = 0; at < length && !state.IsBad;)
        {
            ends.Reserve(Segment + Overrun);
            rowEnds.Reserve(Segment + Overrun);
            ref int end = ref MemoryMarshal.GetArrayDataReference(ends.Items);
            ref int rowEnd = ref MemoryMarshal.GetArrayDataReference(rowEnds.Items);
            int count = ends.Count;
            int rows = rowEnds.Count;
            for (int stop = Math.Min(at + Segment, length); at < stop; at += 64)
            {
                TChunk chunk = TChunk.Load(ref Unsafe.Add(ref source, at));
                ulong valid = Valid(stop - at);
                ulong separators = state.Step(chunk, valid, delimiter, out ulong lf, out ulong pair);
                nonAscii |= chunk.NonAscii & valid;
                rows += RowEnds(ref Unsafe.Add(ref rowEnd, rows), lf, separators, count);
                count += TChunk.WritePlaces(separators, at, ref Unsafe.Add(ref end, count));
                if (pair != 0)
                {
                    pairs.Reserve(Overrun);
                    pairs.Truncate(pairs.Count + TChunk.WritePlaces(
                        pair, at, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pairs.Items), pairs.Count)));
                }
            }

            ends.Truncate(count);
            rowEnds.Truncate(rows);
        }

        ascii = nonAscii == 0;
        return !state.IsBad && !state.IsInside;
    }

    /// <summary>Finds the last line end outside of quotes.</summary>
    /// <param name="bytes">The buffer, with 64 bytes or more after the part that is filled.</param>
    /// <param name="length">How much is filled; a record starts at its first byte.</param>
    /// <param name="delimiter">The byte between fields.</param>
    /// <param name="safeLength">The longest record in which no limit can be crossed.</param>
    /// <returns>Where the next record starts, 0 when there is no line end; -1 when a field goes on after its
    /// closing quote or a record is longer than the safe length, so that only a closer look can tell.</returns>
    public static int LastRecordEnd<TChunk>(byte[] bytes, int length, byte delimiter, int safeLength)
        where TChunk : struct, IByteChunk<TChunk>
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(bytes);
        QuoteState state = QuoteState.AtRecord;
        int start = 0;
        for (int at = 0; at < length; at += 64)
        {
            TChunk chunk = TChunk.Load(ref Unsafe.Add(ref source, at));
            state.Step(chunk, Valid(length - at), delimiter, out ulong lf, out _);
            if (lf == 0)
            {
                continue;
            }

            if (state.IsBad || at + BitOperations.TrailingZeroCount(lf) - start > safeLength)
            {
                return -1;
            }

            // Records within a chunk may cross a limit that is smaller than the chunk.
            if (safeLength < 64)
            {
                for (ulong rest = lf; rest != 0; rest &= rest - 1)
                {
                    int place = at + BitOperations.TrailingZeroCount(rest);
                    if (place - start > safeLength)
                    {
                        return -1;
                    }

                    start = place + 1;
                }
            }

            start = at + 64 - BitOperations.LeadingZeroCount(lf);
        }

        return state.IsBad || length - start > safeLength ? -1 : start;
    }

    /// <summary>The bits of a chunk that lie before the end.</summary>
    /// <param name="left">How many bytes are left, at least 1.</param>
    /// <returns>All ones, unless fewer than 64 are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Valid(int left) => left >= 64 ? ulong.MaxValue : (1UL << left) - 1;

    /// <summary>Writes which of the separators are line ends.</summary>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int RowEnds(ref int target, ulong lf, ulong separators, int before)
    {
        int count = BitOperations.PopCount(lf);

        // Two without a question: that there are none, one or two in 64 bytes cannot be foretold.
        target = before + BitOperations.PopCount(separators & (lf - 1) & ~lf);
        lf &= lf - 1;
        Unsafe.Add(ref target, 1) = before + BitOperations.PopCount(separators & (lf - 1) & ~lf);
        for (int i = 2; i < count; i++)
        {
            lf &= lf - 1;
            Unsafe.Add(ref target, i) = before + BitOperations.PopCount(separators & (lf - 1) & ~lf);
        }

        return count;
    }
}
