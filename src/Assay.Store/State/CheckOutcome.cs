namespace Assay.Store;

/// <summary>What a check found in a run.</summary>
/// <param name="Table">The table that was checked.</param>
/// <param name="Name">The check.</param>
/// <param name="Severity">What it leads to when it does not hold.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Observed">What was found, as text; null when there is no one value.</param>
/// <param name="Expected">What was asked for, as text.</param>
public sealed record CheckOutcome(
    string Table, string Name, CheckSeverity Severity, bool Holds, string? Observed = null, string? Expected = null);
