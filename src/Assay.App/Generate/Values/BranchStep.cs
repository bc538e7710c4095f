namespace Assay.App.Generate;

/// <summary>Which case applies: the index of the first whose conditions all hold, else that of the last.</summary>
internal sealed class BranchStep : BlockStep
{
    /// <summary>The conditions of every case but the last, which has none.</summary>
    public required IReadOnlyList<IReadOnlyList<Condition>> Conditions { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        result.Fill(Conditions.Count);
        long[] borrowed = block.Borrow();
        Span<long> flags = borrowed.AsSpan(0, result.Length);
        for (int branch = Conditions.Count - 1; branch >= 0; branch--)
        {
            flags.Fill(1);
            foreach (Condition condition in Conditions[branch])
            {
                condition.Narrow(block, flags);
            }

            for (int i = 0; i < result.Length; i++)
            {
                result[i] = flags[i] != 0 ? branch : result[i];
            }
        }

        block.Return(borrowed);
    }
}
