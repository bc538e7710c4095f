namespace Assay.App.Generate;

/// <summary>The same number for every row.</summary>
internal sealed class ConstantNumber(long units, int scale) : NumberSource(scale, units, units)
{
    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination) => destination.Fill(units);
}
