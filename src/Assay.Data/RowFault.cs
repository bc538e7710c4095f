namespace Assay.Data;

/// <summary>One thing that is wrong with one record: bad data as a value, never as an exception.</summary>
/// <param name="Origin">Where the record came from.</param>
/// <param name="Column">The column, or null when the record as a whole is wrong.</param>
/// <param name="Code">What is wrong.</param>
/// <param name="Value">The raw value, as the source wrote it.</param>
/// <param name="Expectation">What was expected instead, in words.</param>
public sealed record RowFault(RowOrigin Origin, string? Column, FaultCode Code, string? Value, string Expectation);
