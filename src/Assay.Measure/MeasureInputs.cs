namespace Assay.Measure;

/// <summary>What KPIs need beside the rows of their table.</summary>
public sealed record MeasureInputs
{
    /// <summary>The tables that KPIs join, by name. Filled, and not changed while the run lasts.</summary>
    public IReadOnlyDictionary<string, LookupTable> Lookups { get; init; } = new Dictionary<string, LookupTable>();

    /// <summary>The number of rows of the tables that summaries count, by name.</summary>
    public IReadOnlyDictionary<string, long> TableRows { get; init; } = new Dictionary<string, long>();

    /// <summary>The end of the window of each KPI that has a <see cref="KpiDefinition.Last"/>, by the KPI's name: as the
    /// window's column holds it, days or microseconds since 1970. There is none when the column has no value at all.</summary>
    public IReadOnlyDictionary<string, long> AsOf { get; init; } = new Dictionary<string, long>();
}
