namespace Assay.Store;

/// <summary>A Parquet file of a table.</summary>
/// <param name="Path">Its path below the home, with slashes.</param>
/// <param name="Full">Its full path.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Signature">Its columns and their types; files of equal signature can be read as one.</param>
/// <param name="Columns">The names of its columns.</param>
internal sealed record StoredFile(string Path, string Full, long Rows, string Signature, IReadOnlySet<string> Columns);
