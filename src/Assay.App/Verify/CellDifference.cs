namespace Assay.App.Verify;

/// <summary>A place where two engines' results of a KPI differ.</summary>
/// <param name="Kpi">The KPI.</param>
/// <param name="Engine">The engine that says otherwise than the first.</param>
/// <param name="Place">Where: a row and a column, or a total.</param>
/// <param name="Expected">What the first engine says.</param>
/// <param name="Found">What this one says.</param>
internal sealed record CellDifference(string Kpi, string Engine, string Place, string Expected, string Found);
