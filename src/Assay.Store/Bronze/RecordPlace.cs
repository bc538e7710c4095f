namespace Assay.Store;

/// <summary>Where a record stands in its file.</summary>
/// <param name="Row">The record's number in its file, 1 for the first.</param>
/// <param name="Offset">Where its first byte stands, in what the file unpacks to when it is gzip.</param>
/// <param name="Length">Its bytes, line end left out.</param>
public sealed record RecordPlace(long Row, long Offset, int Length);
