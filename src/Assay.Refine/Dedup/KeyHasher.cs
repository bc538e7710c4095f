using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>
/// Hashes keys to 128 bits: two chains of multiply-and-fold steps (the mixing step of wyhash, public domain)
/// with constants of their own, so that both meet by chance only. Of 100 million keys, two share a hash with a
/// probability of about 10^-23. Texts go in by their bytes, so the codes of different pools do not matter.
/// </summary>
internal static class KeyHasher
{
    private const ulong FirstSeed = 0xa0761d6478bd642f;
    private const ulong FirstFactor = 0xe7037ed1a0b428db;
    private const ulong SecondSeed = 0x8ebc6af09c88c6e3;
    private const ulong SecondFactor = 0x589965cc75374cc3;

    /// <summary>Hashes the keys of a batch's rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The key's columns.</param>
    /// <param name="first">Gets one half of each hash.</param>
    /// <param name="second">Gets the other.</param>
    /// <param name="nulls">Room for a word a row.</param>
    public static void Hash(RowBatch rows, ReadOnlySpan<int> columns, Span<ulong> first, Span<ulong> second, Span<ulong> nulls)
    {
        first.Fill(FirstSeed);
        second.Fill(SecondSeed);
        nulls.Clear();
        for (int i = 0; i < columns.Length; i++)
        {
            Vector column = rows.Columns[columns[i]];
            if (column.HasNulls)
            {
                for (int row = 0; row < first.Length; row++)
                {
                    nulls[row] |= column.Nulls[row] ? 1UL << i : 0;
                }
            }

            if (column.Type.Kind == ColumnKind.String)
            {
                HashTexts(rows, column, first, second);
            }
            else
            {
                HashNumbers(column, first, second);
            }
        }

        // Each column adds a number of words that its own first word tells, and which were null is told at the end,
        // so that no two different keys add the same words.
        for (int row = 0; row < first.Length; row++)
        {
            Add(ref first[row], ref second[row], nulls[row]);
        }
    }

    /// <summary>Hashes a text too long to be kept.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> text)
    {
        ulong first = FirstSeed;
        ulong second = SecondSeed;
        AddText(ref first, ref second, text);
        return new UInt128(first, second);
    }

    private static void HashTexts(RowBatch rows, Vector column, Span<ulong> first, Span<ulong> second)
    {
        for (int row = 0; row < first.Length; row++)
        {
            ReadOnlySpan<byte> text = column.IsNull(row) ? default
                : column.IsRaw ? column.Raw(rows.RawBytes, row)
                : rows.Texts[(int)column.Values[row]];
            AddText(ref first[row], ref second[row], text);
        }
    }

    private static void HashNumbers(Vector column, Span<ulong> first, Span<ulong> second)
    {
        for (int row = 0; row < first.Length; row++)
        {
            // Whether a vector is wide is a batch's own affair, so every number adds both halves.
            Int128 value = column.IsNull(row) ? 0 : column.Get(row);
            Add(ref first[row], ref second[row], (ulong)value);
            Add(ref first[row], ref second[row], (ulong)(value >> 64));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddText(ref ulong first, ref ulong second, ReadOnlySpan<byte> text)
    {
        Add(ref first, ref second, (ulong)text.Length);
        while (text.Length >= sizeof(ulong))
        {
            Add(ref first, ref second, MemoryMarshal.Read<ulong>(text));
            text = text[sizeof(ulong)..];
        }

        if (text.Length > 0)
        {
            ulong last = 0;
            for (int i = 0; i < text.Length; i++)
            {
                last |= (ulong)text[i] << (i * 8);
            }

            Add(ref first, ref second, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref ulong first, ref ulong second, ulong word)
    {
        first = Fold(first ^ word, FirstFactor);
        second = Fold(second ^ ulong.RotateLeft(word, 32), SecondFactor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
