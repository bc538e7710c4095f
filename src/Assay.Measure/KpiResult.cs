using Assay.Data;

namespace Assay.Measure;

/// <summary>What a KPI came to.</summary>
/// <param name="Definition">The KPI.</param>
/// <param name="Table">Its rows.</param>
/// <param name="Totals">Figures beside the rows, such as how many rows were flagged in all.</param>
public sealed record KpiResult(KpiDefinition Definition, ResultTable Table, IReadOnlyDictionary<string, long> Totals);
