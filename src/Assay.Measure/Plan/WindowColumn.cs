using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A column computed over the ordered rows of a KPI's result.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Argument">The column it is taken over, bound to the result's columns so far; null for the rank.</param>
internal sealed record WindowColumn(WindowKind Kind, BoundExpression? Argument)
{
    public ColumnType Type => Kind == WindowKind.Rank ? ColumnType.Integer : Argument!.Type;
}
