using Assay.Data;

namespace Assay.Measure;

/// <summary>What a KPI came to.</summary>
/// <param name="Definition">The KPI.</param>
/// <param name="Table">Its rows, with its summary and segments.</param>
/// <param name="Totals">Figures beside the rows, in order: its summary and segments, or how many rows were flagged in all.</param>
public sealed record KpiResult(KpiDefinition Definition, ResultTable Table, IReadOnlyList<ResultTotal> Totals);
