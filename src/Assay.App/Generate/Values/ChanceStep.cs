namespace Assay.App.Generate;

/// <summary>1 with a chance, else 0.</summary>
internal sealed class ChanceStep : BlockStep
{
    /// <summary>Where the random bits come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The chance, from 0 to 1.</summary>
    public required double Chance { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        Draws.Fill(block, result);
        ulong threshold = AliasTable.Threshold(Chance);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (ulong)result[i] < threshold ? 1 : 0;
        }
    }
}
