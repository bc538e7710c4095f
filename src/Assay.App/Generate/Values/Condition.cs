namespace Assay.App.Generate;

/// <summary>A test of a row: a number against a constant, or a text against the texts that pass.</summary>
internal abstract class Condition
{
    /// <summary>Clears the flag of every row that does not pass.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="flags">1 or 0 per row.</param>
    public abstract void Narrow(RowBlock block, Span<long> flags);
}
