namespace Assay.Read;

/// <summary>A value that is read from every row, as text.</summary>
/// <param name="Sql">SQL that gives the text.</param>
/// <param name="IsBare">Whether the text is JSON as it stands; numbers that are not finite are not.</param>
internal sealed record ParquetCell(string Sql, bool IsBare);
