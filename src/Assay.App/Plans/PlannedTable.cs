using Assay.Store;

namespace Assay.App.Plans;

/// <summary>What a run would do with one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Source">The source that it is made of.</param>
/// <param name="IsTouched">Whether a run would write it, or, where nothing is kept, compute from it.</param>
/// <param name="Stored">What is stored of it; null when the pipeline keeps no silver.</param>
internal sealed record PlannedTable(string Name, string Source, bool IsTouched, StoredTable? Stored);
