namespace Assay.Data;

/// <summary>What <c>weighted_choice</c> draws from.</summary>
/// <param name="State">The state of its stream: of the seed and the draw's name.</param>
/// <param name="Values">The values.</param>
/// <param name="Ends">For each value the sum of the weights up to it and its own; the last is the whole.</param>
internal sealed record WeightedChoice(ulong State, IReadOnlyList<string> Values, ulong[] Ends)
{
    /// <summary>The place of the value that belongs to a key.</summary>
    /// <param name="key">The key in UTF-8.</param>
    public int Of(ReadOnlySpan<byte> key)
    {
        ulong drawn = SplitMix64.Below(SplitMix64.State(State, SplitMix64.Number(key)), Ends[^1]);
        int place = 0;
        while (drawn >= Ends[place])
        {
            place++;
        }

        return place;
    }
}
