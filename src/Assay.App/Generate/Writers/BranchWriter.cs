namespace Assay.App.Generate;

/// <summary>Writes the one of several values whose index a slot holds.</summary>
/// <param name="slot">The slot with the index.</param>
/// <param name="branches">The values.</param>
internal sealed class BranchWriter(int slot, FieldWriter[] branches)
    : FieldWriter(
        branches.Max(branch => branch.MaxBytes),
        branches.Any(branch => branch.Special),
        branches.All(branch => branch.IsNumber))
{
    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination) =>
        branches[block.Values[slot][index]].Write(block, index, destination);
}
