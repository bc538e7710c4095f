namespace Assay.Store;

/// <summary>A row of a quarantine file: a record that was set aside, and why. Its texts are raw, personal data too.</summary>
/// <param name="File">The input file, as the run names it.</param>
/// <param name="Row">The record's number in that file, 1 for the first after the header.</param>
/// <param name="Offset">Where the record's first byte stands in the (uncompressed) file.</param>
/// <param name="Column">The first column at fault; empty when the record as a whole is.</param>
/// <param name="Code">What is wrong, for example <c>not_between</c>.</param>
/// <param name="Value">The raw value; empty when there is none.</param>
/// <param name="Expected">What was expected instead, in words.</param>
/// <param name="Also">Further faults of the row as <c>column:code</c>, joined with <c>"; "</c>; empty when there are none.</param>
/// <param name="Record">The raw record, line end left out.</param>
public sealed record QuarantineRow(
    string File, long Row, long Offset, string Column, string Code, string Value, string Expected, string Also, string Record);
