namespace Assay.App.Plans;

/// <summary>What a run would do with one source.</summary>
/// <param name="Name">The source.</param>
/// <param name="Format">The format of its files.</param>
/// <param name="Files">Its files, in the order they would be loaded in; those of bronze first.</param>
/// <param name="Basis">Where estimates come from, in words; null when all numbers are exact, or nothing is known.</param>
internal sealed record PlannedSource(string Name, string Format, IReadOnlyList<PlannedFile> Files, string? Basis)
{
    /// <summary>The records that a run would read; null when nobody can tell.</summary>
    public RowEstimate? Rows => RowEstimate.Sum(Files.Where(file => file.IsRead).Select(file => file.Rows));
}
