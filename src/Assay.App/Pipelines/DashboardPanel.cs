using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>One panel of a page: a KPI, and how it is drawn.</summary>
public sealed record DashboardPanel
{
    /// <summary>Its name in addresses, different from the others'.</summary>
    public required string Name { get; init; }

    /// <summary>The KPI that it shows.</summary>
    public required string Kpi { get; init; }

    /// <summary>Its heading.</summary>
    public required string Title { get; init; }

    /// <summary>A key that its groups are divided by besides their own, as for a heat map; null shows the KPI as it is.</summary>
    public NamedExpression? By { get; init; }

    /// <summary>The chart: <c>bar</c>, <c>line</c>, <c>pie</c>, <c>heat_map</c> or <c>table</c>.</summary>
    public required string Chart { get; init; }

    /// <summary>The measure that is drawn; null takes the first.</summary>
    public string? Value { get; init; }
}
