namespace Assay.App.Pipelines;

/// <summary>An object with a member for each row of a KPI.</summary>
/// <param name="Kpi">The KPI.</param>
/// <param name="Key">The column of the members' names.</param>
/// <param name="Value">The column of their values.</param>
/// <param name="Keys">The names that are always there, and come first: one without a row has 0, or null when it is no number.</param>
internal sealed record OutputMap(string Kpi, string Key, string Value, IReadOnlyList<string> Keys) : OutputNode;
