namespace Assay.Measure;

/// <summary>A KPI cannot be computed on this data: the run cannot go on.</summary>
/// <param name="kpi">The KPI.</param>
/// <param name="reason">Why.</param>
public sealed class MeasureException(string kpi, string reason)
    : Exception($"KPI `{kpi}`: {reason}")
{
    /// <summary>The KPI.</summary>
    public string Kpi { get; } = kpi;
}
