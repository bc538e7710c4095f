namespace Assay.Refine.Dedup;

/// <summary>Rows of one key in one file that should be equal and are not. Their values are not masked: they are for the quarantine.</summary>
/// <param name="Sequences">The places of all rows of that key in that file, ascending.</param>
/// <param name="Column">The first column that the first row and the first that differs from it disagree in.</param>
/// <param name="First">The first row's value as text, of a text of more than 24 bytes its beginning; null when it is missing.</param>
/// <param name="Other">The other row's value likewise.</param>
public sealed record KeyConflict(IReadOnlyList<long> Sequences, string Column, string? First, string? Other)
{
    /// <summary>What was expected of the rows, in words, both values among them.</summary>
    public string Expectation => $"the same {Column} in every record of its key, not {Shown(First)} and {Shown(Other)}";

    private static string Shown(string? value) => value is null ? "none" : $"`{value}`";
}
