using Assay.Data;

namespace Assay.App.Generate;

/// <summary>The number of the case that applies, at the finest scale of all cases.</summary>
internal sealed class BranchNumberStep : BlockStep
{
    /// <summary>The slot with the index of the case.</summary>
    public required int BranchSlot { get; init; }

    /// <summary>The number of each case.</summary>
    public required IReadOnlyList<NumberSource> Branches { get; init; }

    /// <summary>Digits after the point of the result.</summary>
    public required int Scale { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        ReadOnlySpan<long> chosen = block.Slot(BranchSlot);
        long[] borrowed = block.Borrow();
        for (int branch = 0; branch < Branches.Count; branch++)
        {
            NumberSource source = Branches[branch];
            source.Fill(block, borrowed.AsSpan(0, result.Length));
            long factor = (long)Decimals.PowerOfTen(Scale - source.Scale);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = chosen[i] == branch ? borrowed[i] * factor : result[i];
            }
        }

        block.Return(borrowed);
    }
}
