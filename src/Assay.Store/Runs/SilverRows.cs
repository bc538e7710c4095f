namespace Assay.Store;

/// <summary>What a run changed in a table of silver.</summary>
/// <param name="Added">Rows with a key that was not there.</param>
/// <param name="Replaced">Rows that took the place of one with their key.</param>
/// <param name="Total">Rows that the table has now.</param>
public sealed record SilverRows(long Added, long Replaced, long Total);
