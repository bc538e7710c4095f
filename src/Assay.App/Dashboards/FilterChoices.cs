using Assay.App.Pipelines;

namespace Assay.App.Dashboards;

/// <summary>What a filter can be set to.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Values">Of a filter by values: those that there are, the most frequent first; an empty one stands for rows without.</param>
/// <param name="First">Of a period: the first day that there is, <c>yyyy-MM-dd</c>; null without rows.</param>
/// <param name="Last">The last.</param>
internal sealed record FilterChoices(DashboardFilter Filter, IReadOnlyList<string> Values, string? First, string? Last);
