namespace Assay.App.Pipelines;

/// <summary>A figure beside a KPI's rows.</summary>
/// <param name="Kpi">The KPI.</param>
/// <param name="Figure">The figure of its summary, or the total of its segments or score.</param>
internal sealed record OutputFigure(string Kpi, string Figure) : OutputNode;
