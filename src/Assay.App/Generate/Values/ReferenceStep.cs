namespace Assay.App.Generate;

/// <summary>The number of a row of another dataset.</summary>
/// <remarks>
/// Drawn by jump consistent hashing (Lamping and Veach, "A fast, minimal memory, consistent hash algorithm", 2014):
/// when that dataset grows, only those rows change their reference that now refer to one of its new rows. Weights
/// are kept by rejection: a row drawn is taken with a chance of its weight over the greatest.
/// </remarks>
internal sealed class ReferenceStep : BlockStep
{
    // Each is in vain with a chance of at most 1 - 1/weights.
    private const int MostDraws = 1000;

    /// <summary>Where the random bits come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The dataset referred to, by its place in the file.</summary>
    public required int Dataset { get; init; }

    /// <summary>Whether row n refers to row n as far as the dataset has rows, so that each is referred to.</summary>
    public required bool Each { get; init; }

    /// <summary>Gives the key by which the dataset's rows get their weights.</summary>
    public required DrawStream WeightStream { get; init; }

    /// <summary>The draws below which a row is taken, of which each row of the dataset has one; none takes all.</summary>
    public required ulong[] Thresholds { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        long rows = block.Settings.DatasetRows[Dataset];
        ulong weightKey = block.Settings.Keys[WeightStream.Index];
        Span<long> result = block.Slot(Slot);
        Draws.Fill(block, result);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Each && block.FirstRow + i < rows ? block.FirstRow + i : Drawn((ulong)result[i], rows, weightKey);
        }
    }

    private long Drawn(ulong key, long rows, ulong weightKey)
    {
        long row = Jump(key, rows);
        for (int draw = 0; draw < MostDraws && Thresholds.Length > 0; draw += 2)
        {
            ulong weight = RandomStream.Below(RandomStream.Draw(weightKey, row), (ulong)Thresholds.Length);
            if (RandomStream.Draw(key, draw) <= Thresholds[weight])
            {
                break;
            }

            row = Jump(RandomStream.Draw(key, draw + 1), rows);
        }

        return row;
    }

    private static long Jump(ulong key, long buckets)
    {
        long bucket = -1;
        for (long next = 0; next < buckets;)
        {
            bucket = next;
            key = unchecked((key * 2862933555777941757UL) + 1);
            next = (long)((bucket + 1) * ((double)(1L << 31) / ((key >> 33) + 1)));
        }

        return bucket;
    }
}
