namespace Assay.Store;

/// <summary>An entry of a table's books.</summary>
/// <param name="Table">The table.</param>
/// <param name="Books">The rows. They balance; those of a correction may be negative.</param>
/// <param name="OfRun">The earlier run whose books this corrects; null for the committing run's own. A replay that
/// takes 5 rows out of an earlier run's quarantine corrects it by 5 fewer read and 5 fewer quarantined, as its own
/// entry counts them; a load whose rows replace 3 earlier ones by key corrects by 3 fewer accepted and 3 more deduplicated.</param>
public sealed record BooksEntry(string Table, RunBooks Books, string? OfRun = null);
