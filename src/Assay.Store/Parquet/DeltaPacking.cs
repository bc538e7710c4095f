using System.Buffers.Binary;
using System.Numerics;

namespace Assay.Store;

/// <summary>Parquet's DELTA_BINARY_PACKED encoding: differences of numbers, in as few bits as those of 32 at a time need.</summary>
internal static class DeltaPacking
{
    private const int BlockSize = 128;
    private const int MiniBlocks = 4;
    private const int MiniSize = BlockSize / MiniBlocks;

    /// <summary>Encodes numbers.</summary>
    public static void Encode(ReadOnlySpan<long> values, ByteBuffer into)
    {
        into.AddVarint(BlockSize);
        into.AddVarint(MiniBlocks);
        into.AddVarint((ulong)values.Length);
        AddZigzag(values.IsEmpty ? 0 : values[0], into);
        Span<ulong> deltas = stackalloc ulong[BlockSize];
        for (int from = 1; from < values.Length; from += BlockSize)
        {
            int count = Math.Min(BlockSize, values.Length - from);
            long least = long.MaxValue;
            for (int i = 0; i < count; i++)
            {
                // A difference may go round; a reader's sum then goes round the other way.
                long delta = unchecked(values[from + i] - values[from + i - 1]);
                deltas[i] = (ulong)delta;
                least = Math.Min(least, delta);
            }

            for (int i = 0; i < count; i++)
            {
                deltas[i] = unchecked(deltas[i] - (ulong)least);
            }

            deltas[count..].Clear();
            AddZigzag(least, into);
            AddBlock(deltas, count, into);
        }
    }

    private static void AddBlock(ReadOnlySpan<ulong> deltas, int count, ByteBuffer into)
    {
        Span<int> widths = stackalloc int[MiniBlocks];
        int bytes = MiniBlocks;
        for (int mini = 0; mini < MiniBlocks; mini++)
        {
            ulong all = 0;
            foreach (ulong delta in deltas.Slice(mini * MiniSize, MiniSize))
            {
                all |= delta;
            }

            widths[mini] = 64 - BitOperations.LeadingZeroCount(all);
            bytes += mini * MiniSize < count ? widths[mini] * MiniSize / 8 : 0;
        }

        Span<byte> room = into.Take(bytes);
        for (int mini = 0; mini < MiniBlocks; mini++)
        {
            room[mini] = (byte)widths[mini];
        }

        room = room[MiniBlocks..];
        for (int mini = 0; mini * MiniSize < count; mini++)
        {
            Pack(deltas.Slice(mini * MiniSize, MiniSize), widths[mini], room);
            room = room[(widths[mini] * MiniSize / 8)..];
        }
    }

    /// <summary>Packs 32 numbers, which fill whole 32-bit words whatever their width.</summary>
    private static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> into)
    {
        ulong word = 0;
        int used = 0;
        int at = 0;
        if (width == 0)
        {
            return;
        }

        foreach (ulong value in values)
        {
            word |= value << used;
            used += width;
            if (used >= 64)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(into[at..], word);
                at += sizeof(ulong);
                used -= 64;
                word = used == 0 ? 0 : value >> (width - used);
            }
        }

        if (used > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(into[at..], (uint)word);
        }
    }

    private static void AddZigzag(long value, ByteBuffer into) => into.AddVarint((ulong)((value << 1) ^ (value >> 63)));
}
