namespace Assay.Store;

/// <summary>How a column that is stored differs from the one that its table has now.</summary>
/// <param name="Column">The column.</param>
/// <param name="Stored">The type it is stored as, as a pipeline writes it; null when it is not stored.</param>
/// <param name="Now">The type it has now; null when the table no longer has it.</param>
/// <param name="Files">How many of the table's files it is so in.</param>
public sealed record ColumnDrift(string Column, string? Stored, string? Now, int Files)
{
    /// <summary>Whether rows that are stored can no longer be read beside new ones: silver has to be rebuilt first.</summary>
    public bool IsRetyped => Stored is not null && Now is not null;
}
