namespace Assay.App.Generate;

/// <summary>The index of an entry, drawn by weight: another one for every line of the same row.</summary>
internal sealed class DistinctStep : BlockStep
{
    // With that many draws in vain nearly all of the weight is taken, and the next free entry is as good.
    private const int MostDraws = 32;

    /// <summary>Where the random bits come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The weights, ready to draw from; at least as many as a row has lines.</summary>
    public required AliasTable Weights { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        Draws.Fill(block, result);
        ReadOnlySpan<long> rows = block.Slot(LineSlots.Row);
        int first = 0;
        for (int i = 0; i < result.Length; i++)
        {
            first = i > 0 && rows[i] == rows[i - 1] ? first : i;
            ulong key = (ulong)result[i];
            ReadOnlySpan<long> taken = result[first..i];
            long entry = Weights.Pick(key);
            for (int draw = 0; draw < MostDraws && taken.Contains(entry); draw++)
            {
                entry = Weights.Pick(RandomStream.Draw(key, draw));
            }

            while (taken.Contains(entry))
            {
                entry = (entry + 1) % Weights.Count;
            }

            result[i] = entry;
        }
    }
}
