using System.Numerics;

namespace Assay.App.Generate;

/// <summary>A whole number from a range, another one for every row: the numbers of the rows, shuffled.</summary>
/// <remarks>
/// A Feistel network (Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom functions",
/// 1988) of four rounds permutes the numbers of an even count of bits; what falls outside of the range is permuted
/// again until it falls inside (cycle walking: Black and Rogaway, "Ciphers with arbitrary finite domains", 2002),
/// at most four times on average.
/// </remarks>
internal sealed class UniqueStep : BlockStep
{
    private const int Rounds = 4;

    /// <summary>Gives the key of the shuffle.</summary>
    public required DrawStream Stream { get; init; }

    /// <summary>The least number.</summary>
    public required long From { get; init; }

    /// <summary>How many numbers there are; more rows than that have no numbers of their own.</summary>
    public required ulong Count { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        ulong key = block.Settings.Keys[Stream.Index];
        int half = Math.Max(1, (64 - BitOperations.LeadingZeroCount(Count - 1) + 1) / 2);
        Span<long> result = block.Slot(Slot);
        ReadOnlySpan<long> entities = Stream.EntitySlot < 0 ? default : block.Slot(Stream.EntitySlot);
        for (int i = 0; i < result.Length; i++)
        {
            ulong number = (ulong)(Stream.EntitySlot < 0 ? block.FirstRow + i : entities[i]);
            do
            {
                number = Permute(key, number, half);
            }
            while (number >= Count);
            result[i] = From + (long)number;
        }
    }

    private static ulong Permute(ulong key, ulong number, int half)
    {
        ulong mask = (1UL << half) - 1;
        ulong left = number >> half;
        ulong right = number & mask;
        for (int round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (RandomStream.Draw(key + (ulong)round, (long)right) & mask));
        }

        return (left << half) | right;
    }
}
