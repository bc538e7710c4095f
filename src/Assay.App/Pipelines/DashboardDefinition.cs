namespace Assay.App.Pipelines;

/// <summary>How a pipeline's results are shown on a page, as its file declares it.</summary>
public sealed record DashboardDefinition
{
    /// <summary>The locale that numbers and dates are written in, a BCP 47 tag such as <c>en-IN</c>; null takes the reader's own.</summary>
    public string? Locale { get; init; }

    /// <summary>The currency of amounts, its ISO 4217 code such as <c>INR</c>; null writes them as plain numbers.</summary>
    public string? Currency { get; init; }

    /// <summary>The columns of results that are amounts of that currency.</summary>
    public IReadOnlyList<string> Money { get; init; } = [];

    /// <summary>The columns of results that are shares of one, shown as percentages.</summary>
    public IReadOnlyList<string> Percent { get; init; } = [];

    /// <summary>The tables' columns that a reader may narrow the results by.</summary>
    public IReadOnlyList<DashboardFilter> Filters { get; init; } = [];

    /// <summary>What is shown, in this order; every KPI once unless the file says otherwise.</summary>
    public required IReadOnlyList<DashboardPanel> Panels { get; init; }
}
