namespace Assay.Read.Rest;

/// <summary>Asks only for records whose cursor is at or after the greatest that was seen before.</summary>
/// <param name="CursorPath">The dotted path of the cursor in a record, as <c>updated_at</c>: numbers compare as such, other values by ordinal text order, which is time order for ISO 8601.</param>
/// <param name="StartParameter">The query parameter that takes the value.</param>
/// <param name="StartValue">What to begin with: the watermark of the last extract, or the pipeline's <c>initial_value</c>; null leaves the parameter out.</param>
public sealed record RestIncremental(string CursorPath, string StartParameter, string? StartValue);
