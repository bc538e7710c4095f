namespace Assay.Measure;

/// <summary>
/// Keeps only recent rows: those whose column is after the run's as-of less the length, and not after the as-of itself.
/// </summary>
/// <param name="Count">How many units long it is, at least 1.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Column">A date or timestamp column of the KPI's table; rows where it is null are left out.</param>
public sealed record LastWindow(int Count, LastUnit Unit, string Column);
