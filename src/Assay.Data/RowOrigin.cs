namespace Assay.Data;

/// <summary>Where a record came from.</summary>
/// <param name="Source">The source's name in the pipeline.</param>
/// <param name="File">The file, as the run was given it.</param>
/// <param name="Row">The record's number in the file, 1 for the first after the header.</param>
/// <param name="Offset">Where the record's first byte stands in the (uncompressed) file.</param>
public sealed record RowOrigin(string Source, string File, long Row, long Offset);
