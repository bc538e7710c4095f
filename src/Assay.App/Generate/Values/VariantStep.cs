namespace Assay.App.Generate;

/// <summary>One of the written variants of the picked table row, uniformly: an index into all rows' variants.</summary>
internal sealed class VariantStep : BlockStep
{
    /// <summary>Where the random bits come from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The slot with the picked row's index.</summary>
    public required int PickSlot { get; init; }

    /// <summary>Where each table row's variants begin, and at the end their total.</summary>
    public required int[] Begins { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        Draws.Fill(block, result);
        ReadOnlySpan<long> picked = block.Slot(PickSlot);
        for (int i = 0; i < result.Length; i++)
        {
            int row = (int)picked[i];
            int begin = Begins[row];
            result[i] = begin + (long)RandomStream.Below((ulong)result[i], (ulong)(Begins[row + 1] - begin));
        }
    }
}
