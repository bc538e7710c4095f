using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A join whose columns are known.</summary>
/// <param name="Table">The joined table.</param>
/// <param name="Column">Where the column that is looked up stands: in the KPI's table or, past its columns, among those of the
/// joins before.</param>
/// <param name="Key">The key of the joined table.</param>
/// <param name="Columns">The columns taken from it.</param>
internal sealed record BoundJoin(string Table, int Column, Column Key, IReadOnlyList<Column> Columns);
