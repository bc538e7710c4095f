namespace Assay.Measure;

/// <summary>One column to order by; nulls come last either way.</summary>
/// <param name="Column">The name of an output column.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
public sealed record OrderTerm(string Column, bool Descending);
